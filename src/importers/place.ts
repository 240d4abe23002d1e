import type { Spot } from '../scenario/yaml/yaml-tree.ts'
import { lineAt } from '../scenario/yaml/yaml-tree.ts'

/** `postgresql.conf:12`. */
export function placeText({ source, offset }: Spot): string {
  return `${source.file}:${lineAt(source, offset)}`
}
