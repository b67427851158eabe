import { expect, it } from 'vitest';
import { parseCgroup } from '../../../src/probes/process/cgroup.js';

const ID = '3f4c1d2e5b6a79880123456789abcdef3f4c1d2e5b6a79880123456789abcdef';
const SHORT = '3f4c1d2e5b6a';
const POD = 'kubepods-burstable-pod0f1e2d3c_4b5a_6978_8796_a5b4c3d2e1f0';

it.each<[string, string, string | null, string | null]>([
  ['a service', '0::/system.slice/nginx.service\n', 'nginx.service', null],
  ['the docker daemon itself', '0::/system.slice/docker.service\n', 'docker.service', null],
  ['an instance of a template', '0::/system.slice/system-shop.slice/shop@2.service\n', 'shop@2.service', null],
  ['a session', '0::/user.slice/user-1000.slice/session-3.scope\n', null, null],
  [
    'a terminal of the desktop',
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.gnome.Terminal.slice/vte-spawn-1.scope\n',
    null,
    null,
  ],
  [
    'a service of a user',
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/shop.service\n',
    'shop.service',
    null,
  ],
  ['no group', '0::/\n', null, null],
  ['docker, version 2', `0::/system.slice/docker-${ID}.scope\n`, null, SHORT],
  ['docker, version 2, with cgroupfs', `0::/docker/${ID}\n`, null, SHORT],
  [
    'docker, version 1',
    `12:pids:/docker/${ID}\n3:cpu,cpuacct:/docker/${ID}\n1:name=systemd:/docker/${ID}\n`,
    null,
    SHORT,
  ],
  ['podman', `0::/machine.slice/libpod-${ID}.scope/container\n`, null, SHORT],
  [
    'podman without root',
    `0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope\n`,
    null,
    SHORT,
  ],
  [
    'kubernetes with containerd',
    `0::/kubepods.slice/kubepods-burstable.slice/${POD}.slice/cri-containerd-${ID}.scope\n`,
    null,
    SHORT,
  ],
  [
    'kubernetes with CRI-O',
    `0::/kubepods.slice/kubepods-besteffort.slice/${POD}.slice/crio-${ID}.scope\n`,
    null,
    SHORT,
  ],
  [
    'kubernetes, version 1',
    `11:pids:/kubepods/besteffort/pod0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0/${ID}\n`,
    null,
    SHORT,
  ],
  ['version 1 without a controller that matters', `4:memory:/docker/${ID}\n`, null, null],
  [
    'a service that is named after a container',
    '0::/system.slice/docker-cleanup.service\n',
    'docker-cleanup.service',
    null,
  ],
  ['nothing', '', null, null],
])('%s', (_, text, unit, container) => {
  expect(parseCgroup(text)).toEqual({ unit, container });
});
