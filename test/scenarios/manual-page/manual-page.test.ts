import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exitStatuses } from '../../../src/cli/arguments/command-manual.ts'
import { options } from '../../../src/cli/arguments/options.ts'
import { commands } from '../../../src/cli/output/formats.ts'
import { manualPage } from './manual-page.ts'
import { code, prose, usage } from './roff.ts'

/*
 * docs/man/mshare-plan.1 is what the command line declares of itself. `UPDATE_GOLDEN=1` writes it
 * anew, never under CI.
 */
const path = join(import.meta.dirname, '../../../docs/man/mshare-plan.1')
const { UPDATE_GOLDEN, CI } = process.env
const page = manualPage()

it('the manual page is what the command line declares', () => {
  if (UPDATE_GOLDEN === '1' && !CI) writeFileSync(path, page)
  expect(readFileSync(path, 'utf8')).toBe(page)
})

describe('the manual page', () => {
  it('has every command, every option and every exit status', () => {
    for (const command of commands) expect(page).toContain(`\n\\fB${command}\\fR `)
    for (const { flags } of Object.values(options)) expect(page).toContain(`\n${usage(flags)}\n`)
    for (const status of Object.keys(exitStatuses)) expect(page).toContain(`\n\\fB${status}\\fR\n`)
  })

  it('has the date of no day, so that it is the same whenever it is made', () => {
    expect(page).toMatch(/^\.TH MSHARE\\-PLAN 1 "" "mshare\\-plan \d+\.\d+\.\d+" "User Commands"$/m)
  })

  it('is ASCII, and begins lines with requests that it means', () => {
    expect(page).toMatch(/^[\n\x20-\x7e]*$/)
    const requests = page.match(/^[.'].*$/gm) ?? []
    expect(
      requests.filter(
        (line) => !/^\.(?:\\"|TH|SH|TP|IP|PP|B|BR|I|br|nf|fi|nh|ad)\b|^\.\\"/.test(line),
      ),
    ).toEqual([])
    expect(page).not.toMatch(/ $|\n\n/m)
  })
})

describe('text of a manual page', () => {
  it('has a minus in what users type, and a hyphen in words', () => {
    expect(prose('a page-table plan with --exit-zero, -o - and hugetlb-2m')).toBe(
      'a page-table plan with \\-\\-exit\\-zero, \\-o - and hugetlb\\-2m',
    )
    expect(code("'hosts/*.yaml' ~ \\ ` ^")).toBe('\\(aqhosts/*.yaml\\(aq \\(ti \\e \\(ga \\(ha')
  })

  it('begins no line with a request, and is ASCII', () => {
    expect(prose('.yaml is\n.json')).toBe('\\&.yaml is\n\\&.json')
    expect(prose('×2')).toBe('\\[u00D7]2')
  })

  it('shows what to type in bold and what to replace in italics', () => {
    expect(usage('-o, --output FILE')).toBe('\\fB\\-o\\fR, \\fB\\-\\-output\\fR \\fIFILE\\fR')
    expect(usage('--numa-nodes N')).toBe('\\fB\\-\\-numa\\-nodes\\fR \\fIN\\fR')
  })
})

const groff = spawnSync('groff', ['--version']).status === 0
const reason = groff ? '' : ': skipped, groff is not installed'

it.skipIf(!groff)(`groff sets it without a warning, in 80 columns${reason}`, () => {
  const options = ['-man', '-Tutf8', '-ww', '-P-cbou', '-rLL=80n']
  const { stdout, stderr, status } = spawnSync('groff', [...options, path], { encoding: 'utf8' })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  expect(stdout).toMatch(/^ {7}--max-risk LEVEL$/m)
  expect(stdout).toContain('groups.clients.processes=3000')
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
})
