import { clause, either } from '../clause.js';
import { pattern } from '../pattern.js';
import type { LogPattern } from '../pattern.js';

/** Words that tell that a line is about the network or a debugger, or that it states an errno. */
const ABOUT_SOCKETS =
  '\\b(?:bind|bound|listen(?:er|ing)?|connect(?:ing|ion|ed)?|\\w{0,12}socket|make_sock|dial|accept|tcp\\d?|udp)\\b|' +
  '\\b(?:port|inspector|attach|upstream|fork/exec)\\b|\\[(?:errno|winerror) |\\bos error\\b|\\berrno\\b|\\bkind: ';

/** The line is about sockets, or says nothing but the text. */
function aboutSockets(...texts: string[]): RegExp {
  return new RegExp(
    `${ABOUT_SOCKETS}|^\\s{0,20}(?:[\\w.]{1,60}(?:Error|Exception): )?(?:${texts.join('|')})[.!]?\\s{0,4}$`,
    'i',
  );
}

/** What systems say when a port cannot be opened, localised Windows texts included. */
export const bindingTextPatterns: readonly LogPattern[] = [
  pattern({
    id: 'text-address-in-use',
    literals: [
      'address already in use',
      'address in use',
      'address is already in use',
      'adresse déjà utilisée',
      '地址已在使用',
      'la dirección ya se está usando',
    ],
    regexp: clause([
      'address (?:is )?already in use',
      'address in use',
      'adresse déjà utilisée',
      '地址已在使用',
      'la dirección ya se está usando',
    ]),
    symptom: 'address-in-use',
    errnoName: 'EADDRINUSE',
    hits: ['OSError: [Errno 98] Address already in use', 'listen tcp :8080: bind: address already in use'],
    nearMisses: ['level=info msg="address in use by customer, opening merge dialog" customer=98'],
  }),
  pattern({
    id: 'text-address-in-use-windows',
    literals: [
      'only one usage of each socket address',
      'normalerweise darf jede socketadresse',
      'une seule utilisation de chaque adresse de socket',
      'se permite un uso de cada dirección de socket',
      'di norma è consentito un solo utilizzo',
      'normalmente só é permitido uma utilização',
      'обычно разрешается только одно использование',
      '通常每个套接字地址',
      '通常、各ソケット アドレスに対して',
    ],
    regexp: either(
      /Only one usage of each socket address|Normalerweise darf jede Socketadresse/i,
      /Une seule utilisation de chaque adresse de socket/i,
      /se permite un uso de cada dirección de socket|Di norma è consentito un solo utilizzo/i,
      /Normalmente só é permitido uma utilização|Обычно разрешается только одно использование/i,
      /通常每个套接字地址|通常、各ソケット アドレスに対して/i,
    ),
    symptom: 'address-in-use',
    errnoName: 'EADDRINUSE',
    platform: 'win32',
    hits: [
      'bind: Only one usage of each socket address (protocol/network address/port) is normally permitted.',
      'OSError: [WinError 10048] 通常每个套接字地址(协议/网络地址/端口)只允许使用一次。',
    ],
    nearMisses: ['one usage of each socket is planned'],
  }),
  pattern({
    id: 'text-socket-access-windows',
    literals: [
      'forbidden by its access permissions',
      'zugriff auf einen socket war aufgrund',
      "tentative d'accès à un socket de manière interdite",
      'intento de acceso a un socket no permitido',
      'сделана попытка доступа к сокету методом',
      '以一种访问权限不允许的方式',
      'アクセス許可で禁じられた方法でソケット',
    ],
    regexp: either(
      /access a socket in a way forbidden by its access permissions/i,
      /Zugriff auf einen Socket war aufgrund|tentative d'accès à un socket de manière interdite/i,
      /Intento de acceso a un socket no permitido|Сделана попытка доступа к сокету методом/i,
      /以一种访问权限不允许的方式|アクセス許可で禁じられた方法でソケット/i,
    ),
    symptom: 'permission-denied',
    errnoName: 'EACCES',
    platform: 'win32',
    hits: [
      'listen tcp :1093: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
      'OSError: [WinError 10013] 以一种访问权限不允许的方式做了一个访问套接字的尝试。',
    ],
    nearMisses: ['the page is forbidden by its owner'],
  }),
  pattern({
    id: 'text-permission-denied',
    literals: ['permission denied'],
    regexp: clause(['permission denied(?! \\(publickey)']),
    requires: aboutSockets('permission denied'),
    symptom: 'permission-denied',
    errnoName: 'EACCES',
    hits: ['PermissionError: [Errno 13] Permission denied', 'listen tcp :80: bind: permission denied'],
    nearMisses: ['ERROR:  permission denied for table invoices', 'ssh: bob@10.0.0.9: Permission denied (publickey).'],
  }),
  pattern({
    id: 'text-operation-not-permitted',
    literals: ['operation not permitted'],
    regexp: clause(['operation not permitted']),
    requires: aboutSockets('operation not permitted'),
    symptom: 'permission-denied',
    errnoName: 'EPERM',
    hits: ['bind: Operation not permitted', 'PermissionError: [Errno 1] Operation not permitted'],
    nearMisses: [
      'touch: /usr/share/doc/readme: Operation not permitted',
      'GRANT failed: operation not permitted for role x',
    ],
  }),
  pattern({
    id: 'text-access-is-denied',
    literals: ['access is denied'],
    regexp: clause(['access is denied']),
    requires: aboutSockets('access is denied'),
    symptom: 'permission-denied',
    errnoName: 'ERROR_ACCESS_DENIED',
    platform: 'win32',
    hits: ['PermissionError: [WinError 5] Access is denied'],
    nearMisses: ['Access is denied for guests after 22:00'],
  }),
  pattern({
    id: 'text-address-not-available',
    literals: [
      'assign requested address',
      'address not available',
      'requested address is not valid in its context',
      '该请求的地址无效',
    ],
    regexp: clause([
      "can(?:not|'t) assign requested address",
      'address not available',
      'the requested address is not valid in its context',
      '在其上下文中，该请求的地址无效',
    ]),
    symptom: 'address-not-available',
    errnoName: 'EADDRNOTAVAIL',
    hits: [
      'OSError: [Errno 99] Cannot assign requested address',
      'Starting inspector on 203.0.113.77:15679 failed: address not available',
    ],
    nearMisses: ['The shipping address is not available for express delivery'],
  }),
  pattern({
    id: 'text-address-family',
    literals: ['address family not supported', 'protocol family not supported', 'protocol not supported'],
    regexp: clause([
      'address family not supported(?: by protocol(?: family)?)?(?: :{0,3}\\S{0,40})?',
      '(?:protocol family|socket type) not supported',
      'protocol not supported',
    ]),
    symptom: 'address-family-not-supported',
    errnoName: 'EAFNOSUPPORT',
    hits: ['ERROR: transport error 202: socket creation failed: Address family not supported by protocol'],
    nearMisses: ['address the family not supported by benefits'],
  }),
];
