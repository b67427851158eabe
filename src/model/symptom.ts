import type { Platform } from './platform.js';

/** One error number on each system. `win32Name` is Winsock's or Win32's name; `libuvWin32` is what Node reports on Windows. Null: the system has none. */
export interface Errno {
  name: string;
  linux: number | null;
  darwin: number | null;
  win32: number | null;
  win32Name: string | null;
  libuvWin32: number | null;
}

function errno(
  name: string,
  linux: number | null,
  darwin: number | null,
  win32: number | null,
  win32Name: string | null,
  libuvWin32: number | null,
): Errno {
  return { name, linux, darwin, win32, win32Name, libuvWin32 };
}

/** The closed list of symptoms: what an error says, whatever the reason. EAI_* numbers are those of getaddrinfo. */
export const SYMPTOMS = {
  'address-in-use': [errno('EADDRINUSE', 98, 48, 10048, 'WSAEADDRINUSE', -4091)],
  'permission-denied': [
    errno('EACCES', 13, 13, 10013, 'WSAEACCES', -4092),
    errno('EPERM', 1, 1, null, null, -4048),
    errno('ERROR_ACCESS_DENIED', null, null, 5, 'ERROR_ACCESS_DENIED', null),
  ],
  'address-not-available': [errno('EADDRNOTAVAIL', 99, 49, 10049, 'WSAEADDRNOTAVAIL', -4090)],
  'address-family-not-supported': [
    errno('EAFNOSUPPORT', 97, 47, 10047, 'WSAEAFNOSUPPORT', -4089),
    errno('EPFNOSUPPORT', 96, 46, 10046, 'WSAEPFNOSUPPORT', null),
    errno('EPROTONOSUPPORT', 93, 43, 10043, 'WSAEPROTONOSUPPORT', -4045),
    errno('ESOCKTNOSUPPORT', 94, 44, 10044, 'WSAESOCKTNOSUPPORT', -4025),
  ],
  'name-not-resolved': [
    errno('EAI_NONAME', -2, 8, 11001, 'WSAHOST_NOT_FOUND', -3008),
    errno('EAI_AGAIN', -3, 2, 11002, 'WSATRY_AGAIN', -3001),
    errno('EAI_NODATA', -5, 7, 11004, 'WSANO_DATA', -3007),
  ],
  'invalid-argument': [
    errno('EINVAL', 22, 22, 10022, 'WSAEINVAL', -4071),
    errno('ENOTSOCK', 88, 38, 10038, 'WSAENOTSOCK', -4050),
    errno('ENOPROTOOPT', 92, 42, 10042, 'WSAENOPROTOOPT', null),
    errno('EOPNOTSUPP', 95, 102, 10045, 'WSAEOPNOTSUPP', null),
    errno('EIO', 5, 5, null, null, -4070),
  ],
  'path-too-long': [
    errno('ENAMETOOLONG', 36, 63, 10063, 'WSAENAMETOOLONG', -4064),
    errno('EINVAL', 22, 22, 10022, 'WSAEINVAL', -4071),
  ],
  'connection-refused': [errno('ECONNREFUSED', 111, 61, 10061, 'WSAECONNREFUSED', -4078)],
  'timed-out': [errno('ETIMEDOUT', 110, 60, 10060, 'WSAETIMEDOUT', -4039)],
  'host-unreachable': [
    errno('EHOSTUNREACH', 113, 65, 10065, 'WSAEHOSTUNREACH', -4073),
    errno('EHOSTDOWN', 112, 64, 10064, 'WSAEHOSTDOWN', null),
  ],
  'network-unreachable': [
    errno('ENETUNREACH', 101, 51, 10051, 'WSAENETUNREACH', -4062),
    errno('ENETDOWN', 100, 50, 10050, 'WSAENETDOWN', null),
  ],
  'connection-reset': [
    errno('ECONNRESET', 104, 54, 10054, 'WSAECONNRESET', -4077),
    errno('ECONNABORTED', 103, 53, 10053, 'WSAECONNABORTED', -4079),
    errno('EPIPE', 32, 32, null, null, -4047),
  ],
  'closed-without-answer': [],
  'unexpected-answer': [],
  'no-client-connected': [],
  'process-not-attachable': [
    errno('EPERM', 1, 1, null, null, -4048),
    errno('EACCES', 13, 13, 10013, 'WSAEACCES', -4092),
    errno('ESRCH', 3, 3, null, null, -4040),
    errno('ERROR_ACCESS_DENIED', null, null, 5, 'ERROR_ACCESS_DENIED', null),
  ],
  'dependency-missing': [
    errno('ENOENT', 2, 2, null, null, -4058),
    errno('ENOEXEC', 8, 8, null, null, null),
    errno('ERROR_FILE_NOT_FOUND', null, null, 2, 'ERROR_FILE_NOT_FOUND', -4058),
    errno('ERROR_PATH_NOT_FOUND', null, null, 3, 'ERROR_PATH_NOT_FOUND', -4058),
  ],
  'resource-exhausted': [
    errno('EMFILE', 24, 24, 10024, 'WSAEMFILE', -4066),
    errno('ENFILE', 23, 23, null, null, null),
    errno('ENOBUFS', 105, 55, 10055, 'WSAENOBUFS', -4060),
    errno('ENOMEM', 12, 12, null, null, -4057),
  ],
  'server-exited': [],
  'socket-file-missing': [errno('ENOENT', 2, 2, null, null, -4058)],
  'already-running': [],
  'reason-not-stated': [],
  'no-error-printed': [],
} as const satisfies Record<string, readonly Errno[]>;

export type SymptomId = keyof typeof SYMPTOMS;

export const SYMPTOM_IDS = Object.keys(SYMPTOMS) as SymptomId[];

/** An error number as a report shows it. */
export interface ErrnoRef {
  name: string;
  number: number;
}

/** The reference for an errno name on a platform; null for an unknown name or one that the platform does not have. */
export function errnoRef(name: string, platform: Platform): ErrnoRef | null {
  for (const id of SYMPTOM_IDS) {
    for (const row of SYMPTOMS[id] as readonly Errno[]) {
      if (row.name !== name && row.win32Name !== name) continue;
      const number = row[platform];
      return number === null ? null : { name: platform === 'win32' ? (row.win32Name ?? row.name) : row.name, number };
    }
  }
  return null;
}

/** The symptom that an errno name stands for when a socket was bound or dialled; null for an unknown name. */
export function symptomOfErrno(name: string): SymptomId | null {
  for (const id of SYMPTOM_IDS) {
    if ((SYMPTOMS[id] as readonly Errno[]).some((row) => row.name === name || row.win32Name === name)) return id;
  }
  return null;
}
