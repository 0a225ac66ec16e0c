import { KINDS } from './kinds';

export async function read() {
  for (const kind of KINDS) await fetch(`https://api.securitycenter.microsoft.com/api/${kind}`);
}
