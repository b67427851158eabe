import { osInfo, system } from 'systeminformation';

/** The operating system in a few words, for tickets and recordings. Takes some 100 ms. */
export async function describeSystem(): Promise<{
  distribution: string;
  release: string;
  kernel: string;
  virtual: string | null;
}> {
  const [os, machine] = await Promise.all([osInfo(), system()]);
  return {
    distribution: os.distro,
    release: os.release,
    kernel: os.kernel,
    virtual: machine.virtual ? (machine.virtualHost ?? machine.model) : null,
  };
}
