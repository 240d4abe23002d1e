import { describe, expect, it } from 'vitest'
import {
  answerIn,
  filesShownIn,
  filesWrittenBy,
  pages,
  replaceIn,
  rewritten,
  sessionsOf,
} from './shown-commands.ts'

/*
 * README.md and the guide show what the program prints. `UPDATE_GOLDEN=1` writes the answers anew,
 * never under CI.
 */
const { UPDATE_GOLDEN, CI } = process.env
const rewrite = UPDATE_GOLDEN === '1' && !CI

/** Without commands of ours; what they say is held by library/ and by the proof of the executable. */
const others = ['docs/guide/library.md', 'docs/guide/executable.md', 'docs/guide/report.md']

describe.each(pages.filter(({ path }) => !others.includes(path)))('$path', async (page) => {
  const sessions = sessionsOf(page)
  const written = { ...filesShownIn(page), ...(await filesWrittenBy(sessions)) }

  it('shows commands with their answers', () => {
    expect(sessions.length).toBeGreaterThan(0)
    expect(page.text.match(/```console/g)).toHaveLength(sessions.length)
  })

  it.each(sessions)('$command', async (session) => {
    const answer = await answerIn(session, written)
    if (rewrite) replaceIn(page, session.raw, rewritten(session, answer))
    else expect(session.shown).toBe(answer)
  })
})
