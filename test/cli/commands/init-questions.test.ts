import { expect, it } from 'vitest'
import type { InitRequest } from '../../../src/cli/arguments/init-options.ts'
import { askMissing } from '../../../src/cli/commands/init-questions.ts'

async function asked(request: Partial<InitRequest>, ...answers: readonly string[]) {
  const [screen, left]: [string[], string[]] = [[], [...answers]]
  const start = await askMissing(
    { figures: {}, plans: false, ...request },
    {
      ask: async (question) => {
        screen.push(question)
        return left.shift()
      },
      close: () => {},
    },
    ({ figures }) => (figures.memory === '8' ? 'no unit' : undefined),
    async (text) => {
      screen.push(text)
    },
  )
  return { start, screen }
}

it('asks for the template and the numbers, each with the example for what is known', async () => {
  const { start, screen } = await asked({}, 'mysql', '64 GB', '', ' 300 ')
  expect(start).toEqual({ template: 'mysql', figures: { memory: '64 GB', processes: 300 } })
  expect(screen).toEqual([
    'Template (oracle, postgresql, mysql, pmem, threads or blank) [blank]: ',
    'Memory of the server [128 GB]: ',
    'Size of buffer_pool (innodb_buffer_pool_size) [48 GB]: ',
    'Number of threads (max_connections: one thread each) [500]: ',
  ])
})

it('asks for nothing that is given', async () => {
  const figures = { memory: '1 GB', shared: '1 MB', processes: 1 }
  const { start, screen } = await asked({ template: 'oracle', figures })
  expect([start, screen]).toEqual([{ template: 'oracle', figures }, []])
})

it('asks again, with the reason', async () => {
  const { start, screen } = await asked({}, 'db2', '', '8', '8 GB', '', 'x', '3')
  expect(start).toEqual({ template: 'blank', figures: { memory: '8 GB', processes: 3 } })
  expect(screen.filter((line) => !line.endsWith(': '))).toEqual([
    'init has no template db2; write oracle, postgresql, mysql, pmem, threads or blank',
    'no unit',
    'the number x is invalid; write a whole number from 1 to 9999999',
  ])
})

it('has nothing once the person ends the input', async () => {
  expect((await asked({}, 'oracle', '8 GB')).start).toBeUndefined()
  expect((await asked({})).start).toBeUndefined()
})
