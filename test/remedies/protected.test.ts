import { expect, test } from 'vitest';
import { isProtectedName } from '../../src/remedies/protected.js';

test.each([
  'systemd',
  'systemd-resolved',
  'systemd-resolve',
  'sshd',
  'sshd: root@pts/0',
  '/usr/sbin/sshd',
  'docker-proxy',
  'dockerd',
  'containerd-shim',
  'NetworkManager',
  'ControlCenter',
  'ControlCe',
  'launchd',
  'svchost.exe',
  'C:\\Windows\\System32\\svchost.exe',
  'System',
  'com.docker.backend',
])('%s belongs to the system', (name) => {
  expect(isProtectedName(name)).toBe(true);
});

test.each([
  '',
  'node',
  'python3',
  '/usr/bin/python3.12',
  'initial',
  'my-sshd-client',
  'controller',
  'nodesystem',
  '/home/sshd/app',
])('%s does not', (name) => {
  expect(isProtectedName(name)).toBe(false);
});
