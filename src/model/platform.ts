/** The operating systems that the product knows, in Node's words. */
export type Platform = 'linux' | 'darwin' | 'win32';

/** Where a cause can occur: a system, or a surrounding that changes what "this machine" means. */
export type Surrounding = Platform | 'wsl' | 'container';

export function isPlatform(name: string): name is Platform {
  return name === 'linux' || name === 'darwin' || name === 'win32';
}
