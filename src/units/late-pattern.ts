/**
 * A regular expression with large tables of Unicode, made once there is need of it: a literal is checked
 * by them when it is read.
 */
export function latePattern(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined
  return () => {
    made ??= new RegExp(source, flags)
    return made
  }
}
