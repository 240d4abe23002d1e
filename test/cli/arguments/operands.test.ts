import { expect, it } from 'vitest'
import { splitOperands } from '../../../src/cli/arguments/operands.ts'
import { fakeWorld } from '../fake-world.ts'

const { world } = fakeWorld({ files: { clients: 'a file', 'a.yaml': '' } })

it.each([
  [['a.yaml', 'pool'], ['a.yaml'], ['pool']],
  [['a.yaml', 'clients'], ['a.yaml', 'clients'], []],
  [['missing', 'pool'], ['missing'], ['pool']],
  [
    ['a.yaml', 'b.yaml', 'x.json', '-', 'f/x', '*'],
    ['a.yaml', 'b.yaml', 'x.json', '-', 'f/x', '*'],
    [],
  ],
])('tells files from texts in %j', (operands, files, texts) => {
  expect(splitOperands(operands, world)).toEqual({ files, texts })
})
