import { describe, expect, it } from 'vitest'
import { misspeltNames } from '../../../src/scenario/yaml/misspelt-names.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'
import type { YamlNode } from '../../../src/scenario/yaml/yaml-tree.ts'

function tree(text: string): YamlNode {
  const { root } = readYaml({ file: 'a.yaml', text })
  if (root === undefined) throw new Error('it can be read')
  return root
}

const base = tree(
  '{ regions: { sga: { size: 1 GiB } }, groups: { clients: { processes: 5, maps: [{ region: sga }] }, batch: { processes: 1 }, worker1: { processes: 1, maps: [] } } }',
)

function found(own: string) {
  return misspeltNames(base, tree(own)).map(({ path, suggestion }) => [path.join('.'), suggestion])
}

describe('a name that a scenario adds to its base', () => {
  it.each([
    '{ groups: { client: { private: 8 MB } } }',
    '{ groups: { clients_: { processes: 3 } } }',
    '{ groups: { cleints: { maps: [] } } }',
  ])('is a mistake where it resembles one, and the rest of a group is missing: %s', (own) => {
    const [[path = '', suggestion] = [], another] = found(own)
    expect(own).toContain(String(path).replace('groups.', ''))
    expect([suggestion, another]).toEqual(['did you mean `clients`?', undefined])
  })

  it('is one of a region without a size', () => {
    expect(found('{ regions: { sgaa: { backing: memfd } } }')).toEqual([
      ['regions.sgaa', 'did you mean `sga`?'],
    ])
    expect(found('{ regions: { sgaa: { size: 2 GiB } } }')).toEqual([])
  })

  it('says what a new one needs', () => {
    const [flaw] = misspeltNames(base, tree('{ groups: { client: { processes: 3 } } }'))
    expect(flaw).toMatchObject({
      message: '`groups` has no `client`, and a new one needs `maps`',
      expected:
        'a name of the scenario that this extends, or `maps` (`maps: []` if it maps nothing)',
      spot: { offset: 12 },
    })
  })

  it.each([
    ['it is whole', '{ groups: { client: { processes: 3, maps: [] } } }'],
    ['the other one maps nothing either', '{ groups: { batches: { processes: 3 } } }'],
    ['its number is another', '{ groups: { worker2: { private: 8 MB }, clients2: { uid: 4 } } }'],
    ['it resembles none', '{ groups: { backup: { uid: 4 } } }'],
    ['it is one of the base', '{ groups: { clients: { uid: 4 } } }'],
    ['it is no map', '{ groups: { client: 5 } }'],
    ['there are no groups', '{ groups: 5, regions: [1] }'],
  ])('is meant where %s', (_, own) => {
    expect(found(own)).toEqual([])
    expect(misspeltNames(tree('7'), tree(own))).toEqual([])
  })
})
