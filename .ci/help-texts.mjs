import { commands } from '../dist/cli/output/formats.js'

/** What people type who ask for help; the answers are printed without loading the program. */
const [ofProgram, ofCommand] = [
  [['--help'], ['-h'], ['help']],
  [
    ['COMMAND', '--help'],
    ['COMMAND', '-h'],
    ['help', 'COMMAND'],
  ],
]

/**
 * Asks the program for all of its help.
 * @param {typeof import('../dist/cli/program.js').program} program
 * @returns {Promise<import('../dist/cli/start.js').HelpTexts>}
 */
export async function helpTexts({ main, nodeWorld }) {
  const about = commands.map(async (command) => {
    const forms = ofCommand.map((words) => words.map((word) => word.replace('COMMAND', command)))
    return [command, await answerTo(forms)]
  })
  return {
    introduction: await answerTo([[]]),
    program: await answerTo(ofProgram),
    commands: Object.fromEntries(await Promise.all(about)),
  }

  /** @param {readonly (readonly string[])[]} forms */
  async function answerTo(forms) {
    const answers = await Promise.all(forms.map(printed))
    const [first = ''] = answers
    if (first === '' || !answers.every((answer) => answer === first)) {
      throw new Error(`no one answer to ${JSON.stringify(forms)}`)
    }
    return first
  }

  /** @param {readonly string[]} words */
  async function printed(words) {
    let text = ''
    const stdout = {
      isTerminal: false,
      write: async (/** @type {string} */ more) => {
        text += more
        return undefined
      },
    }
    const status = await main(words, { ...nodeWorld(), stdout })
    if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}`)
    return text
  }
}
