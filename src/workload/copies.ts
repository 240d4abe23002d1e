/** Copies of a region or group of that name in the scenario, from `first` on, counted from 0. */
export interface CopiesPart {
  readonly name: string
  readonly first: number
}

/** How many there are of a region or a group, written once. */
export function copiesOf({ copies }: { readonly copies?: number }): number {
  return copies ?? 1
}
