/** What people type who ask for help; the answers are printed without loading the program. */
const ofProgram = [['--help'], ['-h'], ['help']]

/**
 * Asks the program for its help.
 * @param {typeof import('../dist/cli/program.js').program} program
 * @returns {Promise<import('../dist/cli/start.js').HelpTexts>}
 */
export async function helpTexts({ main, nodeWorld }) {
  return {
    introduction: await answerTo([[]]),
    program: await answerTo(ofProgram),
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
