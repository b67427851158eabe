import type { Cause } from '../model/cause.js';
import { allowLoopback, openFirewall, showFirewallRules } from './firewall-openings.js';
import { ANYWHERE } from './path-remedies.js';
import { advise, by, fill, look, none, perSystem } from './plan.js';

export const firewallCauses = {
  'firewall-drops-packets': {
    id: 'firewall-drops-packets',
    hop: 'firewall',
    severity: 'error',
    symptoms: { 'no-error-printed': 2, 'timed-out': 1, 'no-client-connected': 0, 'reason-not-stated': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [...openFirewall(platform, args), showFirewallRules(platform, args)]),
  },
  'firewall-rejects-connection': {
    id: 'firewall-rejects-connection',
    hop: 'firewall',
    severity: 'error',
    symptoms: { 'host-unreachable': 2, 'permission-denied': 1, 'connection-refused': 0 },
    platforms: ['linux', 'wsl', 'container'],
    remedies: by({
      linux: (args) => [...openFirewall('linux', args), showFirewallRules('linux', args)],
      darwin: none,
      win32: none,
    }),
  },
  'firewall-blocks-loopback': {
    id: 'firewall-blocks-loopback',
    hop: 'firewall',
    severity: 'error',
    symptoms: {
      'address-in-use': 2,
      'no-client-connected': 1,
      'no-error-printed': 1,
      'connection-refused': 1,
      'timed-out': 0,
    },
    platforms: ['linux', 'darwin', 'win32', 'wsl'],
    remedies: by({
      linux: (args) => [...allowLoopback(args), showFirewallRules('linux', args)],
      darwin: (args) => [advise('except-in-security-software'), showFirewallRules('darwin', args)],
      win32: (args) => [advise('except-in-security-software'), showFirewallRules('win32', args)],
    }),
  },
  'windows-firewall-blocks-wsl': {
    id: 'windows-firewall-blocks-wsl',
    hop: 'firewall',
    severity: 'error',
    symptoms: { 'timed-out': 5 },
    platforms: ['win32', 'wsl'],
    remedies: by({
      linux: () => [advise('open-firewall-for-client')],
      darwin: none,
      win32: (args) => [...openFirewall('win32', args), showFirewallRules('win32', args)],
    }),
  },
  'security-software-filters-loopback': {
    id: 'security-software-filters-loopback',
    hop: 'firewall',
    severity: 'error',
    symptoms: {
      'timed-out': 2,
      'reason-not-stated': 2,
      'unexpected-answer': 1,
      'no-error-printed': 1,
      'connection-refused': 1,
      'address-in-use': 1,
      'no-client-connected': 0,
    },
    platforms: ['linux', 'darwin', 'win32', 'wsl'],
    remedies: by({
      linux: () => [advise('except-in-security-software')],
      darwin: () => [
        advise('except-in-security-software'),
        look('show-security-software', 'systemextensionsctl', 'list'),
      ],
      win32: () => [
        advise('except-in-security-software'),
        look(
          'show-security-software',
          'powershell',
          '-NoProfile',
          '-Command',
          'Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct',
        ),
      ],
    }),
  },
  'macos-local-network-privacy': {
    id: 'macos-local-network-privacy',
    hop: 'firewall',
    severity: 'error',
    symptoms: { 'host-unreachable': 8 },
    platforms: ['darwin'],
    remedies: by({
      linux: none,
      darwin: (args) => [
        advise('allow-local-network'),
        look('ping-with-system-tool', '/sbin/ping', '-c', '1', fill(args.address ?? args.host, 'address')),
      ],
      win32: none,
    }),
  },
  'firewall-limits-connection-rate': {
    id: 'firewall-limits-connection-rate',
    hop: 'firewall',
    severity: 'error',
    symptoms: { 'connection-refused': 0, 'timed-out': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('wait-for-rate-limit'),
      ...openFirewall(platform, args),
      showFirewallRules(platform, args),
    ]),
  },
} satisfies Record<string, Cause>;
