import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answerTo, shipped } from '../scenarios/shipped.ts'

const hostile = `version: 1
name: "<script>alert(1)</script> =cmd() \\e[31m \\u202e </title>"
host: { memory: 8 GiB }
regions: { "</script><script>alert(2)</script>": { size: 1 GiB } }
groups:
  "\\"><img src=x onerror=alert(3)>": { processes: 10, maps: [{ region: "</script><script>alert(2)</script>" }] }
  __proto__: { processes: 2 }
`

async function page(argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const { stdout, status, stderr } = await answerTo(['report', ...argv], files)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describe('the page', () => {
  it('allows its own script and style by their hashes, and nothing else', async () => {
    const text = await page(['scenarios/oracle-sga-300g.yaml'])
    const [, policy = ''] =
      /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? []
    const hashOf = (tag: string): string => {
      const [, content = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text) ?? []
      return createHash('sha256').update(content).digest('base64')
    }
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${hashOf('script')}'; style-src 'sha256-${hashOf('style')}'; base-uri 'none'; form-action 'none'`,
    )
    expect(text).not.toMatch(/ (?:src|style|on[a-z]+)="/)
    expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/(?!www[.])/)
  })

  it('says what the screen says', async () => {
    const text = await page(['scenarios/oracle-sga-300g.yaml'])
    expect(text).toContain(
      '<strong class="badge">OUT OF MEMORY</strong>: 677.8 GiB short. Page tables need 880.9 GiB',
    )
    expect(text).toContain(
      'clients: 1,500 now, safe up to 270, at most 357. Safe from 1.3 TiB of memory.',
    )
    expect(text).toContain('vm.nr_hugepages = 153600')
  })

  it('is the same in a second run', async () => {
    const words = ['scenarios/multi-tenant.yaml', 'scenarios/permissions.yaml']
    expect(await page(words)).toBe(await page(words))
  })

  it('makes no markup of names', async () => {
    const text = await page(['h.yaml'], { 'h.yaml': hostile })
    expect(text.match(/<script/g)).toHaveLength(2)
    expect(text).not.toMatch(/<img|(?![\n\t])\p{Cc}|\u202e|alert\(2\)<\/script>/u)
    expect(text).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt; =cmd() \\x1b[31m \\u202e &lt;/title&gt;',
    )
  })

  it('has the scenario as data, which no name can end', async () => {
    const text = await page(['h.yaml'], { 'h.yaml': hostile })
    const [, json = ''] = /id="data">([\s\S]*?)<\/script>/.exec(text) ?? []
    expect(JSON.parse(json)).toMatchObject([
      {
        file: 'h.yaml',
        data: { version: 1, groups: { '\0__proto__': { processes: 2 } } },
      },
    ])
  })

  it('lists several scenarios, worst first, with all their data', async () => {
    const text = await page(shipped.map((name) => `scenarios/${name}.yaml`))
    const [, json = ''] = /id="data">([\s\S]*?)<\/script>/.exec(text) ?? []
    expect(JSON.parse(json)).toHaveLength(shipped.length)
    expect(text.match(/href="#scenario-\d+"/g)).toHaveLength(shipped.length)
  })
})

it('has an example without a file', async () => {
  expect(await page([])).toContain('<h1>Example of a database server</h1>')
})

it('is not printed on a terminal', async () => {
  const { status, stderr } = await answerTo(['report'], {}, { terminal: { columns: 80 } })
  expect(status).toBe(2)
  expect(stderr).toContain('a page is for a browser, not for a terminal; add -o report.html')
})

it('keeps the status of a gate that fails, and is written by plan too', async () => {
  const words = ['plan', 'scenarios/oracle-sga-300g.yaml', '--max-risk', 'safe', '-o', 'r.html']
  const { status, written } = await answerTo(words)
  expect(status).toBe(1)
  expect(written['r.html']).toContain('Gate fails: risk out of memory, at most safe.')
})
