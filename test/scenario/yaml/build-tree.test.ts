import { expect, test } from 'vitest'
import { minimal, places, read } from '../reading.ts'

test('anchors and merge keys are plain YAML', () => {
  const text = `${minimal}  batch: { <<: &small { processes: 2, private: 1 MB }, processes: 3 }\n  more: *small\n`
  expect(read(text).workload.groups.map((one) => [one.name, one.processes, one.private])).toEqual([
    ['clients', 1500, 6_291_456],
    ['batch', 3, 1_048_576],
    ['more', 2, 1_048_576],
  ])
})

test('a repeated key names the line of the first', () => {
  expect(places('version: 1\nname: a\nversion: 1\n')).toEqual([
    '3:1 `version` is given twice: first in line 1',
  ])
  expect(places('{"version": 1,\n "version": 1}')).toEqual([
    '2:2 `version` is given twice: first in line 1',
  ])
})
