import { expect, it } from 'vitest'
import {
  readScenarioDocument,
  readScenarioOrSaved,
} from '../../../src/cli/scenarios/scenario-file.ts'

const text = 'version: 1\nname: small\nhost: { memory: 8 GiB }\ngroups: {}\n'
const saved = '{ "schema": "mshare-plan/result/1" }'
const request = { overrides: [], command: 'plan' } as const

it('has its name, its path and a fingerprint', async () => {
  expect(await readScenarioDocument({ path: 'a.yaml', text }, request)).toMatchObject({
    about: {
      name: 'small',
      file: 'a.yaml',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    workload: { host: { memory: 8 * 1024 ** 3 } },
  })
})

it('has the line that it begins in where it is not the first in its file', async () => {
  const document = { path: 'a.ndjson', text, linesBefore: 4, document: 5 }
  const read = await readScenarioDocument(document, request)
  expect(read).toMatchObject({ about: { name: 'small', file: 'a.ndjson', line: 5 } })
})

it('is read with the values of the command line', async () => {
  const overrides = [{ path: 'host.memory', value: '1 GiB' }]
  const read = await readScenarioDocument({ path: 'a.yaml', text }, { ...request, overrides })
  expect(read).toMatchObject({ workload: { host: { memory: 1024 ** 3 } } })
})

it('has the place of what is wrong in its file', async () => {
  const wrong = { path: 'a.ndjson', text: 'version: 1\nhost: { memory: 8 }', linesBefore: 9 }
  expect(await readScenarioDocument({ ...wrong, document: 2 }, request)).toMatchObject({
    status: 2,
    issues: [
      { file: 'a.ndjson', document: 2, line: 10 },
      { line: 11, column: 17 },
    ],
  })
})

it('is none if it is a saved result, and says where', async () => {
  const document = { path: 'a.ndjson', text: saved, linesBefore: 1, document: 2 }
  expect(await readScenarioDocument(document, request)).toMatchObject({
    status: 2,
    text: expect.stringMatching(
      /^a\.ndjson:2 is a saved result, not a scenario; judge it with check/,
    ),
  })
  expect(await readScenarioDocument(document, { ...request, command: 'report' })).toEqual({
    status: 2,
    text: 'a.ndjson:2 is a saved result, not a scenario; name the scenario that it was planned from, which a page is made of',
  })
})

it('may be a saved result where that is expected, and only then be larger', async () => {
  expect(await readScenarioOrSaved({ path: 'a.yaml', text }, [])).toMatchObject({ about: {} })
  const large = { path: 'large.yaml', text: '#'.repeat(4 * 1024 ** 2 + 1) }
  expect(await readScenarioOrSaved(large, [])).toMatchObject({
    status: 2,
    text: expect.stringContaining('too large'),
  })
  expect(await readScenarioOrSaved({ path: 'saved.json', text: saved }, [])).toMatchObject({
    status: 2,
    issues: expect.arrayContaining([expect.objectContaining({ file: 'saved.json' })]),
  })
})
