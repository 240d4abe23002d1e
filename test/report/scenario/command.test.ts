import { expect, it } from 'vitest'
import { commandFor, shellWord } from '../../../src/report/scenario/command.ts'
import { reported, server } from '../entries.ts'

it('sets the values of the command line, then those of the reader', async () => {
  const { entry } = await reported(server, [
    { path: 'host.memory', value: '64 GiB' },
    { path: 'gates.risk', value: 'tight', option: '--max-risk' },
  ])
  const changes = [{ path: 'groups.clients.processes', value: 500 }]
  expect(commandFor(entry, changes, false)).toBe(
    "mshare-plan plan hosts/server.yaml --set 'host.memory=64 GiB' --max-risk tight --set groups.clients.processes=500",
  )
})

it('is missing where it would change other scenarios too', async () => {
  const { entry } = await reported(server)
  expect(commandFor(entry, [], true)).toBeUndefined()
  expect(commandFor({ ...entry, line: 12 }, [], false)).toBeUndefined()
  expect(commandFor({ ...entry, file: '-' }, [], false)).toBeUndefined()
})

it('escapes what would end the path, and is missing where a key goes', async () => {
  const { entry } = await reported(server.replaceAll('buffers', '"a=b"'))
  const change = (path: string, value: string | null) => commandFor(entry, [{ path, value }], false)
  expect(change('regions["a=b"].size', '10 GB')).toBe(
    'mshare-plan plan hosts/server.yaml --set \'regions["a\\u003db"].size=10 GB\'',
  )
  expect(change('groups.clients.maps[0].at', null)).toBeUndefined()
})

it('makes one word of a file that looks like an option or a command', async () => {
  const { entry } = await reported(server)
  expect(commandFor({ ...entry, file: '-x.yaml' }, [], false)).toBe('mshare-plan plan ./-x.yaml')
  expect(shellWord("it's $(reboot)")).toBe("'it'\\''s $(reboot)'")
})
