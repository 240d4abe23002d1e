import { escapeUnprintable } from '../../units/printable.ts'
import { doubleQuoted } from './double-quoted.ts'
import { readYaml } from './read-yaml.ts'
import type { YamlNode } from './yaml-tree.ts'

/** How values are written: plain where YAML allows it, or as JSON does it. */
export type Form = 'yaml' | 'json'

/** A node as one line of YAML that may be part of any value: `{ region: sga, touched: 40% }`. */
export function flowText(node: YamlNode, form: Form = 'yaml'): string {
  switch (node.kind) {
    case 'scalar':
      if (node.value === null) return 'null'
      return typeof node.value === 'string' ? textValue(node.value, form) : node.text
    case 'list':
      return `[${node.items.map((item) => flowText(item, form)).join(', ')}]`
    case 'map': {
      const entries = [...node.entries].map(
        ([key, entry]) => `${textValue(key, form)}: ${flowText(entry.node, form)}`,
      )
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
    }
  }
}

/** A name or another text, in quotes where it would be read as something else without. */
export function textValue(text: string, form: Form = 'yaml'): string {
  return form === 'yaml' && isPlain(text) ? text : doubleQuoted(text)
}

/** Whether a text is still that text, and part of a list as well, when it is written without quotes. */
function isPlain(text: string): boolean {
  if (text === '<<' || /[\r\n]/.test(text) || escapeUnprintable(text, () => '') !== text)
    return false
  const { root } = readYaml({ file: '', text: `[${text}]` })
  const [item, ...others] = root?.kind === 'list' ? root.items : []
  return others.length === 0 && item?.kind === 'scalar' && item.value === text
}
