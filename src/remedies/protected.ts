/** Linux cuts a process name to this many characters. */
const LINUX_NAME_LENGTH = 15;

/** Programs that are changed through their settings, never ended. Lower case, without `.exe`. */
const PROTECTED_NAMES = [
  // Linux
  'init',
  'login',
  'networkmanager',
  'named',
  'dnsmasq',
  'docker-proxy',
  'dockerd',
  'conmon',
  'rootlessport',
  'kubelet',
  // macOS; lsof cuts names to nine characters
  'launchd',
  'kernel_task',
  'controlcenter',
  'controlce',
  'mdnsresponder',
  'rapportd',
  'sharingd',
  'windowserver',
  // Windows
  'system',
  'system idle process',
  'svchost',
  'services',
  'lsass',
  'csrss',
  'smss',
  'wininit',
  'winlogon',
  'spoolsv',
  'wslservice',
  'wslrelay',
  // Docker Desktop
  'com.docker.backend',
];

/** Families: the service manager, the remote logins, the message bus and the container runtimes. */
const PROTECTED_PREFIXES = ['systemd', 'sshd', 'dbus-', 'containerd'];

/**
 * Whether a program belongs to the system, so that ending it breaks more than a port.
 * @param name a process name or the path of a program, in the wording of any system; untrusted
 */
export function isProtectedName(name: string): boolean {
  const plain = programName(name);
  return (
    // sshd writes `sshd: user@pts/0` over its command line, which looks like a path.
    PROTECTED_PREFIXES.some((prefix) => plain.startsWith(prefix) || name.startsWith(prefix)) ||
    PROTECTED_NAMES.some((known) => plain === known || plain === known.slice(0, LINUX_NAME_LENGTH))
  );
}

/** A program's name without folder and `.exe`, in lower case; for paths of any system. */
export function programName(path: string): string {
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  return base.endsWith('.exe') ? base.slice(0, -4) : base;
}
