import { pathText } from '../../units/path.ts'
import type { LocatedFlaw, YamlNode } from '../yaml/yaml-tree.ts'
import { findRanges } from './find-ranges.ts'

/** What is wrong with the ranges of a scenario where each value has to be known. */
export function unplannedRanges(root: YamlNode): readonly LocatedFlaw[] {
  const { flaws, first } = findRanges(root)
  if (first === undefined || flaws.length > 0) return flaws
  const { path, node } = first
  return [
    {
      message: `\`${pathText(path)}\` is a range, which only plan, check, explain and report can take`,
      expected: 'one value here',
      suggestion: `set one: \`--set ${pathText(path)}=…\``,
      spot: node.spot,
      path,
    },
  ]
}
