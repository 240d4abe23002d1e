import { describe, expect, it } from 'vitest'
import { fileLabels, shortened } from '../../../src/render/text/file-labels.ts'

const labelled = (...files: string[]) => {
  const labels = fileLabels(files)
  return files.map((file) => labels.get(file))
}

describe('a file is called by', () => {
  it('its name without folder and ending', () => {
    expect(labelled('prod/db1.yaml', 'prod/db2.yml', 'x/db3.json', '-')).toEqual([
      ...['db1', 'db2', 'db3', '-'],
    ])
  })

  it('all of its name where that has no other ending', () => {
    expect(labelled('a/yaml', 'a/.yaml', 'a/x.yaml.txt')).toEqual(['yaml', '.yaml', 'x.yaml.txt'])
  })

  it('as many folders as it takes to tell it from the others, and no more', () => {
    expect(
      labelled('eu/a/server.yaml', 'eu/b/server.yaml', 'us/b/server.yaml', 'eu/a/web.yaml'),
    ).toEqual(['a/server', 'eu/b/server', 'us/b/server', 'web'])
  })

  it('its whole path where another ends like it', () => {
    expect(labelled('server.yaml', 'a/server.yaml')).toEqual(['server', 'a/server'])
  })

  it('its ending too where only that tells it from another', () => {
    expect(labelled('a/x.yaml', 'a/x.json', 'b/x.yaml')).toEqual(['a/x.yaml', 'a/x.json', 'b/x'])
  })
})

it('1,000 files of one name are told apart by their folders', () => {
  const files = Array.from({ length: 1000 }, (_, index) => `hosts/${index}/server.yaml`)
  const labels = fileLabels(files)
  expect(labels.get('hosts/999/server.yaml')).toBe('999/server')
  expect(new Set(labels.values()).size).toBe(1000)
})

describe('labels in ten columns', () => {
  it('keep both ends', () => {
    expect([...shortened(['measured-hugetlb-links', 'oracle'], 10, '…').values()]).toEqual([
      'measu…inks',
      'oracle',
    ])
  })

  it('stay whole where their ends are alike', () => {
    const labels = ['server-eu-west-1', 'server-us-west-1', 'server-eu-west-2']
    expect([...shortened(labels, 10, '…').values()]).toEqual([
      'server-eu-west-1',
      'server-us-west-1',
      'serve…st-2',
    ])
  })
})
