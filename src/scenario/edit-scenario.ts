import type { Path } from '../units/path.ts'
import { pathText } from '../units/path.ts'
import { issuesOf } from './read-scenario.ts'
import { replacedStatements, without } from './statements.ts'
import { editText, removeFromText } from './yaml/edit-text.ts'
import type { Flaw, Issue } from './yaml/issue.ts'
import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import { parsePath } from './yaml/parse-path.ts'
import { readYaml } from './yaml/read-yaml.ts'
import type { Source } from './yaml/yaml-tree.ts'
import { locate, nodeAt } from './yaml/yaml-tree.ts'

/** The text of the edited scenario or, at the option that asks for it, why it cannot be written. */
export type Editing =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/**
 * Puts values of the command line into the text of a scenario. What they do not replace stays as it
 * is written: comments, order, quotes, anchors, line ends. The text reads back as `readScenario`
 * reads the original with the same overrides; so what was stated about a replaced value, under
 * `assumed` and `measured.sources`, is removed.
 * @param file what to call the text in issues.
 */
export function editScenario(text: string, file: string, overrides: readonly Override[]): Editing {
  let current = { file, text: text.replace(/^\uFEFF/, '') }
  const { root } = readYaml(current)
  for (const override of overrides) {
    const edited = withOverride(current, override)
    if (!edited.ok) return edited
    current = { file, text: edited.text }
  }
  if (root === undefined) return { ok: true, text }
  for (const path of replacedStatements(applyOverrides(root, overrides).root)) {
    const edited = withoutStatement(current, path)
    if (!edited.ok) return edited
    current = { file, text: edited.text }
  }
  return { ok: true, text: current.text }
}

function withOverride(before: Source, override: Override): Editing {
  const { root, flaws } = readYaml(before)
  if (root === undefined) return { ok: false, issues: issuesOf(flaws, []) }
  const applied = applyOverrides(root, [override])
  const { sources } = applied
  if (applied.flaws.length > 0) return { ok: false, issues: issuesOf(applied.flaws, sources) }
  const path = parsePath(override.path)?.map(({ step }) => step) ?? []
  const edit = editText(before.text, path, applied.root)
  if (edit.ok) return edit
  const [source = before] = sources
  const flaw = { ...flawOf(path, edit.anchor), spot: { source, offset: 0 } }
  return { ok: false, issues: issuesOf([flaw], sources) }
}

function flawOf(path: Path, anchor: string | undefined): Flaw {
  const name = pathText(path)
  if (anchor === undefined) {
    return {
      message: `\`${name}\` cannot be changed without changing the form of the file`,
      suggestion: 'edit the file by hand',
    }
  }
  return {
    message: `\`${name}\` belongs to the anchor \`&${anchor}\`, and its aliases would change too`,
    expected: 'a value that no alias repeats',
    suggestion: `write out the value of each \`*${anchor}\` in the file first`,
  }
}

/** A list of statements goes with its last one. */
function withoutStatement(before: Source, path: Path): Editing {
  const { root } = readYaml(before)
  if (root === undefined) return { ok: true, text: before.text }
  const list = nodeAt(root, path.slice(0, -1))
  const isLast = list?.kind === 'map' && list.entries.size === 1
  const removed = isLast ? path.slice(0, -1) : path
  const edit = removeFromText(before.text, removed, without(root, removed))
  if (edit.ok) return edit
  const flaw = locate(root, { ...flawOf(removed, edit.anchor), path: removed, at: 'key' })
  return { ok: false, issues: issuesOf([flaw], []) }
}
