import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { dialogueOn } from '../../../src/cli/machine/node-dialogue.ts'

function terminal() {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const dialogue = dialogueOn(input, output)
  return { input, dialogue, screen: () => String(output.read() ?? '') }
}

it('asks one question after another', async () => {
  const { input, dialogue, screen } = terminal()
  const first = dialogue.ask('Memory: ')
  expect(screen()).toBe('Memory: ')
  input.write('8 GB\n')
  expect(await first).toBe('8 GB')
  const second = dialogue.ask('Swap: ')
  input.write('\n')
  expect(await second).toBe('')
  dialogue.close()
})

it('takes lines that were pasted as the answers to come, and shows the questions', async () => {
  const { input, dialogue, screen } = terminal()
  const first = dialogue.ask('a: ')
  input.write('1\n2\n3\n')
  expect([await first, await dialogue.ask('b: '), await dialogue.ask('c: ')]).toEqual([
    '1',
    '2',
    '3',
  ])
  expect(screen()).toBe('a: b: 2\nc: 3\n')
  dialogue.close()
})

it('has no answer once the input has ended', async () => {
  const { input, dialogue, screen } = terminal()
  const first = dialogue.ask('a: ')
  input.end()
  expect(await first).toBeUndefined()
  expect(screen()).toBe('a: \n')
  expect(await dialogue.ask('b: ')).toBeUndefined()
})
