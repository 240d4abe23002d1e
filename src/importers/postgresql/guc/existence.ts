/** What counts since which release, from old to new: up to 9 a release has two numbers, as 9.6. */
export type ByRelease<Value> = readonly (readonly [since: number, value: Value])[]

/** Which releases have a parameter, and its value if no file sets it. */
export interface Existence<Value> {
  /** Its default; releases below the first have no such parameter. */
  readonly defaults: ByRelease<Value>
  /** The first release that has it no more. */
  readonly until?: number
  /** What a server that has no such parameter does. */
  readonly without?: Value | ByRelease<Value>
}

/** A default since a release, and a later one. */
export function since<Value>(
  release: number,
  value: Value,
  later: number = release,
  changed: Value = value,
): ByRelease<Value> {
  return later === release
    ? [[release, value]]
    : [
        [release, value],
        [later, changed],
      ]
}
