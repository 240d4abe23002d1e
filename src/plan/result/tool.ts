import type { Result } from './result.ts'

/** Name and version as every result carries them; the house test holds it against package.json. */
export const tool: Result['tool'] = { name: 'mshare-plan', version: '0.1.0' }
