import type { Program } from './program.js';

const NETSTAT: Program = {
  flags: { '-ano': 'all, numeric, with pids', '-an': 'all, numeric', '-p': 'protocol {name}' },
  look: [''],
};

const IPTABLES: Program = {
  flags: {
    '-t': 'the table {table}',
    '-nL': 'lists the chain {chain}, numeric',
    '-S': 'prints the rules',
    '-p': 'protocol {name}',
    '-s': 'from {source}',
    '-d': 'to {destination}',
    '--dport': 'the port {port} of the destination',
    '-i': 'comes in by {name}',
    '-o': 'goes out by {name}',
    '-j': 'what happens: {name}',
  },
  changeFlags: { '-I': 'inserts a rule into {chain}', '-D': 'deletes the rule from {chain}' },
  look: [''],
  // The number is the place in the chain: before every other rule.
  change: ['1', ''],
};

const PYTHON: Program = {
  look: ['-m debugpy --version'],
  change: [
    '-m debugpy --listen {endpoint} {program}',
    '-m pip install debugpy',
    // -y: without asking.
    '-m pip uninstall -y debugpy',
  ],
};

const BROWSER: Program = { change: ['--remote-debugging-port={port} --user-data-dir={path}'] };

const RICH_RULE = 'rule·family="{family}"·source·address="{source}"·port·port="{port}"·protocol="tcp"·accept';
const DIRECT_RULE = '{family} filter OUTPUT 0 -p tcp -d {destination} --dport {port} -j ACCEPT';
const UFW_RULE = 'allow proto tcp from {source} to any port {port}';
const UFW_OUT_RULE = 'allow out proto tcp from any to {destination} port {port}';
const EXCLUDED = 'excludedportrange protocol=tcp';
const PORTPROXY = 'interface portproxy';
const ADVFIREWALL = 'advfirewall firewall';
const FIREWALL_RULE = 'dir=in protocol=TCP localport={port} remoteip={source}';
const FIREWALL_OUT_RULE = 'dir=out protocol=TCP remoteport={port} remoteip={destination}';

const NETSH: Program = {
  look: [
    'winhttp show proxy',
    'advfirewall show allprofiles',
    'http show servicestate',
    'http show urlacl',
    `${PORTPROXY} show all`,
    `interface ipv4 show ${EXCLUDED}`,
    'interface ipv4 show dynamicport tcp',
  ],
  change: [
    'winsock reset',
    `${PORTPROXY} add v4tov4 listenaddress=0.0.0.0 listenport={port} connectaddress={address} connectport={serverport}`,
    `${PORTPROXY} delete v4tov4 listenaddress={address} listenport={port}`,
    `${ADVFIREWALL} add rule name=debug-doctor-{serverport} action=allow ${FIREWALL_RULE}`,
    `${ADVFIREWALL} delete rule name=debug-doctor-{serverport} ${FIREWALL_RULE}`,
    `${ADVFIREWALL} add rule name=debug-doctor-{serverport} action=allow ${FIREWALL_OUT_RULE}`,
    `${ADVFIREWALL} delete rule name=debug-doctor-{serverport} ${FIREWALL_OUT_RULE}`,
    `interface ipv4 add ${EXCLUDED} startport={port} numberofports=1 store=persistent`,
    `interface ipv4 delete ${EXCLUDED} startport={port} numberofports=1 store=persistent`,
    'interface ipv4 set dynamicport tcp start={number} num={number}',
    'http add urlacl url=http://+:{port}/ user={user}',
    'http delete urlacl url=http://+:{port}/',
  ],
};

const PGREP_FLAGS = {
  '-af': 'pid and whole command line, matched against it',
  '-fl': 'pid and whole command line, matched against it (BSD)',
  '-laf': 'pid and whole command line',
  '-lf': 'pid and whole command line (BSD)',
  '-P': 'children of {pid}',
};

/** Every program that a remedy may name; a new one, or a new flag, is looked up and written down here first. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  '/sbin/ping': { flags: { '-c': 'sends {number} packets' }, look: ['{address}'] },
  '/usr/libexec/ApplicationFirewall/socketfilterfw': { flags: { '--listapps': 'lists the programs' }, look: [''] },
  '/usr/sbin/DevToolsSecurity': { look: ['-status'], change: ['-enable', '-disable'] },
  '<browser>': BROWSER,
  'started-by': BROWSER,
  adb: {
    look: ['reverse --list', 'jdwp'],
    change: ['kill-server', 'reverse --remove tcp:{port}', 'reverse tcp:{port} tcp:{serverport}'],
  },
  ausearch: { flags: { '-m': 'messages of the kind {name}', '-ts': 'since {name}' }, look: [''] },
  brew: { look: ['services list'], change: ['services stop {unit}'] },
  cat: { look: ['/proc/sys/kernel/core_pattern', '/proc/net/tcp /proc/net/tcp6'] },
  chown: { flags: { '--': 'no flags follow' }, change: ['{user} {path}'] },
  cmd: { flags: { '/d': 'no AutoRun commands', '/c': 'runs what follows and ends' }, look: ['set NODE_OPTIONS'] },
  codesign: { look: ['-d --entitlements - {path}'] },
  curl: {
    flags: { '-sS': 'silent but for errors', '-m': 'at most {number} seconds', '-H': 'sends the header {match}' },
    look: ['http://{endpoint}/json/version'],
  },
  df: { flags: { '-hP': 'sizes for people, one line each', '--': 'no flags follow' }, look: ['{path}'] },
  dlv: { look: ['version'], change: ['debug --headless --accept-multiclient --listen={endpoint} {program}'] },
  docker: {
    look: ['port {container}', 'exec {container} {command}', 'context ls', 'ps --all --filter publish={port}'],
    // -d: in the background.
    change: ['exec -d {container} {command}'],
  },
  dscacheutil: { look: ['-q host -a name {host}'] },
  dseditgroup: { change: ['-o edit -a {user} -t user _developer', '-o edit -d {user} -t user _developer'] },
  file: { flags: { '--': 'no flags follow' }, look: ['{path}'] },
  findmnt: {
    flags: { '-n': 'no heading', '-o': 'the column {name}', '--target': 'the mount that holds {path}' },
    look: [''],
  },
  'firewall-cmd': {
    flags: { '--list-all': 'prints the zone', '--zone=trusted': 'the zone that accepts everything' },
    changeFlags: { '--change-interface=lo': 'moves lo into the zone', '--remove-interface=lo': 'takes it out' },
    look: [''],
    change: [
      `--add-rich-rule=${RICH_RULE}`,
      `--remove-rich-rule=${RICH_RULE}`,
      `--direct --add-rule ${DIRECT_RULE}`,
      `--direct --remove-rule ${DIRECT_RULE}`,
    ],
  },
  fsutil: { look: ['volume diskfree {name}'] },
  gdbserver: { change: ['{endpoint} {program}'] },
  getent: { look: ['ahosts {host}', 'hosts host.docker.internal'] },
  grep: { flags: { '-E': 'the extended pattern {match}' }, look: ['/proc/self/status', '/proc/{pid}/status'] },
  icacls: { look: ['{path}'], change: ['{path} /grant {user}:M'] },
  id: { flags: { '--': 'no flags follow' }, look: ['{user}'] },
  ifconfig: { look: ['-a'], change: ['lo0 alias {address} up', 'lo0 -alias {address}'] },
  ip: {
    flags: { '-o': 'one line each' },
    look: ['addr show', 'addr show to {address}', 'route get {address}', 'route show default'],
    change: ['link set dev lo up'],
  },
  ip6tables: IPTABLES,
  ipconfig: { look: ['/all'] },
  iptables: IPTABLES,
  java: {
    look: ['-version'],
    change: ['-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address={endpoint} -jar {program}'],
  },
  journalctl: {
    flags: { '-k': 'of the kernel', '--no-pager': 'without a pager', '-g': 'lines that match {match}' },
    look: [''],
  },
  kill: { flags: { '-TERM': 'asks to end', '-CONT': 'lets go on' }, change: ['{pid}'] },
  kubectl: {
    look: ['describe pod {name}'],
    change: ['debug -it {name} --image={name} --target={container} --profile=sysadmin'],
  },
  'lldb-server': { change: ['gdbserver {endpoint} -- {program}'] },
  log: { look: ['show --last 5m --predicate {match}'] },
  ls: {
    flags: { '-l': 'long', '-lde': 'long, the folder itself, with its access list', '--': 'no flags follow' },
    look: ['{path}'],
  },
  lsof: {
    flags: {
      '-nP': 'addresses and ports as numbers',
      '-iTCP:{port}': 'TCP sockets on the port',
      '-sTCP:LISTEN': 'listeners only',
      '-U': 'Unix sockets',
      '-p': 'of the process {pid}',
      '--': 'no flags follow',
    },
    look: ['', '{path}'],
  },
  lsusb: { look: [''] },
  namei: { flags: { '-l': 'owner and rights of each part' }, look: ['{path}'] },
  net: { change: ['stop {unit}', 'start winnat'] },
  netsh: NETSH,
  'netsh.exe': NETSH,
  netstat: NETSTAT,
  'netstat.exe': NETSTAT,
  nft: {
    look: ['list ruleset'],
    change: [
      'insert rule {family} {table} {chain} ip saddr {source} tcp dport {port} accept',
      'insert rule {family} {table} {chain} ip6 saddr {source} tcp dport {port} accept',
      'insert rule {family} {table} {chain} ip daddr {destination} tcp dport {port} accept',
      'insert rule {family} {table} {chain} ip6 daddr {destination} tcp dport {port} accept',
      'insert rule {family} {table} {chain} iifname lo accept',
      'insert rule {family} {table} {chain} oifname lo accept',
    ],
  },
  node: { look: ['--version'], change: ['--inspect={endpoint} {program}'] },
  nsenter: {
    flags: { '-t': 'the namespaces of {pid}', '-n': 'only the network' },
    stopsAtOperand: true,
    look: ['{command}'],
  },
  pgrep: { flags: PGREP_FLAGS, look: ['', 'debugpy/adapter', 'chrom', 'Chrom'] },
  ping: { flags: { '-n': 'sends {number} packets' }, look: ['{host}'] },
  powershell: { flags: { '-NoProfile': 'without scripts of the user', '-Command': 'runs {pipeline}' }, look: [''] },
  printenv: { look: ['NODE_OPTIONS', 'NO_PROXY no_proxy'] },
  prlimit: {
    flags: { '--pid': 'of {pid}', '--nofile': 'open files' },
    look: [''],
    change: ['--nofile={number}:'],
  },
  ps: {
    flags: { '-ww': 'whole lines', '-o': 'the columns {columns}, without headings', '-p': 'of {pid}' },
    look: [''],
  },
  python: PYTHON,
  python3: PYTHON,
  '/opt/lab/bin/python3': PYTHON,
  readlink: { look: ['/proc/{pid}/ns/mnt /proc/self/ns/mnt'] },
  rm: { flags: { '--': 'no flags follow' }, change: ['{path}'] },
  route: { flags: { '-n': 'numeric' }, look: ['get {address}', 'print'] },
  scutil: { look: ['--proxy'] },
  semanage: {
    look: ['port -l'],
    change: ['port -a -t {name} -p tcp {port}', 'port -d -t {name} -p tcp {port}'],
  },
  setcap: { flags: { '-r': 'removes' }, change: ['cap_net_bind_service=+ep {path}', '{path}'] },
  setsebool: { flags: { '-P': 'for good' }, change: ['httpd_can_network_connect on', 'httpd_can_network_connect off'] },
  socat: { change: ['TCP-LISTEN:{freeport},fork,reuseaddr TCP:127.0.0.1:{port}'] },
  ss: {
    flags: {
      '-H': 'no heading',
      '-ltnp': 'TCP listeners, numeric, with processes',
      '-ltn': 'TCP listeners, numeric',
      '-tanp': 'TCP sockets of every state, numeric, with processes',
      '-lx': 'Unix listeners',
      '-lxp': 'Unix listeners, with processes',
      '-s': 'totals',
    },
    look: ['sport·=·:{port}', 'src {path}', ''],
  },
  ssh: {
    flags: { '-N': 'runs no command', '--': 'no flags follow' },
    change: ['-L 127.0.0.1:{port}:127.0.0.1:{serverport} {host}'],
  },
  sshd: { look: ['-T'] },
  sysctl: {
    flags: { '-n': 'the value alone' },
    changeFlags: { '-w': 'writes' },
    look: [
      'net.ipv6.conf.all.disable_ipv6',
      'kernel.yama.ptrace_scope',
      'net.ipv4.ip_unprivileged_port_start',
      'net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports',
      'net.inet.ip.portrange.first net.inet.ip.portrange.last',
    ],
    change: [
      'net.ipv6.conf.all.disable_ipv6={number}',
      'kernel.yama.ptrace_scope={number}',
      'net.ipv4.ip_unprivileged_port_start={number}',
      'net.ipv4.ip_local_reserved_ports={number},{port}',
      'net.ipv4.ip_local_port_range={number}·{maximum}',
    ],
  },
  systemctl: {
    flags: { '--all': 'inactive ones too', '--no-pager': 'without a pager' },
    look: ['list-sockets'],
    change: ['restart docker', 'stop {unit}', 'start {unit}'],
  },
  systemextensionsctl: { look: ['list'] },
  taskkill: { changeFlags: { '/PID': 'ends {pid}', '/T': 'and its children' }, change: [''] },
  tasklist: { flags: { '/V': 'verbose', '/SVC': 'with services' }, look: ['/FI PID·eq·{pid}'] },
  ufw: {
    look: ['status verbose'],
    change: [
      // prepend: before rules that deny.
      `prepend ${UFW_RULE}`,
      `delete ${UFW_RULE}`,
      `prepend ${UFW_OUT_RULE}`,
      `delete ${UFW_OUT_RULE}`,
      'prepend allow in on lo',
      'delete allow in on lo',
      'prepend allow out on lo',
      'delete allow out on lo',
    ],
  },
  where: { look: ['{name}', '{name} {name}'] },
  which: { flags: { '-a': 'every place' }, look: ['{name}', '{path}', '{name} {name}'] },
  wsl: { change: ['--shutdown'] },
  wslinfo: { look: ['--networking-mode'] },
};
