import { readYaml } from '../../scenario/yaml/read-yaml.ts'
import type { LocatedFlaw, Source, YamlMap } from '../../scenario/yaml/yaml-tree.ts'
import type { ImportFlaw } from '../importer.ts'
import { beginning, mainText } from '../including.ts'
import type { Library } from '../library.ts'

/** The objects of a YAML file that a kind of import is about. */
export interface Documents {
  readonly found: readonly YamlMap[]
  readonly flaws: readonly ImportFlaw[]
  readonly source: Source
}

/**
 * Reads a file of one or several YAML documents. Those that are not asked for may be of any kind, and
 * in any state.
 * @param looks what the text of an object that is asked for has.
 * @param isWanted whether an object is asked for.
 * @param expected what to say where none is.
 */
export function readDocuments(
  path: string,
  library: Library,
  looks: RegExp,
  isWanted: (root: YamlMap) => boolean,
  expected: string,
): Documents {
  const reading = beginning(path, library)
  const text = mainText(reading) ?? ''
  const source: Source = { file: path, text }
  if (reading.flaws.length > 0) return { found: [], flaws: reading.flaws, source }
  const found: YamlMap[] = []
  const flaws: LocatedFlaw[] = []
  for (const document of splitDocuments(source)) {
    if (!looks.test(document.text)) continue
    const { root, flaws: wrong } = readYaml(document)
    if (root?.kind === 'map' && isWanted(root)) found.push(root)
    flaws.push(...templateOr(wrong, document))
  }
  if (found.length === 0 && flaws.length === 0) {
    flaws.push({
      message: 'no object of this kind is in the file',
      expected,
      spot: startOf(source),
    })
  }
  return { found, flaws, source }
}

function startOf(source: Source) {
  return { source, offset: 0 }
}

/** The parts between lines of three dashes, each with the number of its first line. */
function splitDocuments(source: Source): readonly Source[] {
  const { file, text } = source
  const documents: Source[] = []
  let [start, linesBefore, lines] = [0, 0, 0]
  const marker = /^---(?=[ \t\r\n]|$).*$|\n/gm
  for (const { 0: found, index } of text.matchAll(marker)) {
    if (found === '\n') lines += 1
    else {
      documents.push({ file, text: text.slice(start, index), linesBefore })
      start = index + found.length
      linesBefore = lines
    }
  }
  documents.push({ file, text: text.slice(start), linesBefore })
  return documents.filter((one) => /\S/.test(one.text))
}

const brackets = /\{\{-?[\s\S]{0,200}?\}\}/

/** A template of Helm is no YAML before it is rendered. */
function templateOr(flaws: readonly LocatedFlaw[], source: Source): readonly LocatedFlaw[] {
  const template = flaws.length === 0 ? null : brackets.exec(source.text)
  if (template === null) return flaws
  return [
    {
      message: 'this is a template, and no manifest yet',
      expected: 'YAML without `{{ }}`',
      suggestion: 'render it first: `helm template`, or `kubectl get -o yaml`',
      spot: { source, offset: template.index },
    },
  ]
}
