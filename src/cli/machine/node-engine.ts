import { setFlagsFromString } from 'node:v8'

/**
 * Lets the engine of Node 20 wait until code has run five times as long before it optimizes it. As it
 * is, it optimizes nearly all that is called once for each of a thousand processes: a fourth of the
 * CPU time of a capture, and done when the capture is. Later engines wait longer by themselves.
 * @param version of V8.
 */
export function optimizeLater(
  version: string = process.versions.v8,
  setFlag: (flag: string) => void = (flag) => setFlagsFromString(flag),
): void {
  // Others need not know the flag, and would complain of it.
  if (version.startsWith('11.')) setFlag('--interrupt-budget=330000')
}
