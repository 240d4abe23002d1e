import type { Spot } from '../scenario/yaml/yaml-tree.ts'
import { lineAt } from '../scenario/yaml/yaml-tree.ts'

/** `postgresql.conf:12`. */
export function placeText({ source, offset }: Spot): string {
  return `${source.file}:${lineAt(source, offset)}`
}

/** A value of the command line, as a complaint points at it: `--connections:1:1`. */
export function optionSpot(option: string, value: string | number | undefined): Spot | undefined {
  if (value === undefined) return undefined
  return { source: { file: option, text: String(value) }, offset: 0 }
}
