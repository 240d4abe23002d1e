import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { scripts } from '../../../src/cli/completion/scripts.ts'
import { environmentOf, unpackPackages } from '../debian-packages.ts'

/*
 * A real zsh and a real fish, taken out of Debian's packages without being installed, with nothing but
 * the completion scripts loaded, in a folder of their own.
 */

const packages = [
  'zsh',
  'zsh-common',
  'fish',
  'fish-common',
  'libpcre2-32-0',
  'libtinfo6',
  'libcap2',
]

export interface Shells {
  /** The folder that they are in. */
  readonly folder: string
  /** Candidates that fish has for a line, with what they mean behind a tab. */
  readonly fish: (line: string) => readonly string[]
  /** What zsh shows after the Tab key, and the line that it has then. */
  readonly zsh: (line: string) => { readonly shown: string; readonly line: string }
  /** Takes the program away: its name is unknown from then on. */
  readonly removeProgram: () => void
  readonly remove: () => void
}

/** @throws Error where the packages cannot be had. */
export function unpackShells(files: Readonly<Record<string, string>>): Shells {
  const home = mkdtempSync(join(tmpdir(), 'mshare-plan-shells-'))
  const remove = (): void => rmSync(home, { recursive: true, force: true })
  try {
    const root = unpackPackages(packages, home)
    // fish takes its own place for the root where it finds etc/ next to share/.
    symlinkSync('../etc', join(root, 'usr/etc'))
    const folder = furnish(home, files)
    const env = {
      ...environmentOf(root),
      PATH: `${join(home, 'bin')}:${process.env['PATH']}`,
      HOME: home,
      TERM: 'dumb',
      LC_ALL: 'C.UTF-8',
    }
    const run = (program: string, args: readonly string[]): string => {
      const { stdout, stderr, error } = spawnSync(join(root, program), args, {
        cwd: folder,
        env,
        encoding: 'utf8',
      })
      if (error !== undefined || stderr !== '') throw error ?? new Error(stderr)
      return stdout
    }
    return {
      folder,
      remove,
      removeProgram: () => rmSync(join(home, 'bin/mshare-plan')),
      fish: (line) => {
        const ask = 'source $argv[1]; complete -C $argv[2]'
        const answer = run('usr/bin/fish', ['--no-config', '-c', ask, join(home, 'fish'), line])
        return answer.split('\n').filter((one) => one !== '')
      },
      zsh: (line) => {
        const answer = run('bin/zsh', ['-f', join(home, 'drive'), root, join(home, 'zsh'), line])
        const [, shown = '', last = ''] = /BEGIN\n([\s\S]*)LINE<([^>]*)>/.exec(plain(answer)) ?? []
        return { shown, line: last }
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

function furnish(home: string, files: Readonly<Record<string, string>>): string {
  const folder = join(home, 'here')
  mkdirSync(folder)
  mkdirSync(join(home, 'bin'))
  symlinkSync(
    join(import.meta.dirname, '../../../bin/mshare-plan.js'),
    join(home, 'bin/mshare-plan'),
  )
  writeFileSync(join(home, 'zsh'), scripts.zsh)
  writeFileSync(join(home, 'fish'), scripts.fish)
  writeFileSync(join(home, 'drive'), driver)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** Starts a zsh in a terminal of its own, types a line and the Tab key, and asks what the line is by then. */
const driver = String.raw`
root=$1 script=$2 line=$3
libraries=($root/usr/lib/*/zsh/*(/))
module_path=($libraries)
zmodload zsh/zpty
begin() {
  zpty -w z "$1"
  zpty -r z answer "*$2*"
}
zpty z $root/bin/zsh -f -i
begin "module_path=($libraries) fpath=($root/usr/share/zsh/functions/**/*(/)); PS1=; stty cols 200; echo o''ne" $'one\r\n'
begin "autoload -Uz compinit; compinit -u -D; source $script; LISTMAX=1000; unsetopt beep; echo t''wo" $'two\r\n'
begin "show() { print -r -- \"LINE<\$BUFFER>\" }; zle -N show; bindkey '^X' show; echo th''ree" $'three\r\n'
print BEGIN
zpty -w -n z "$line"$'\t\x18'
zpty -r z answer '*LINE<*>*'
print -r -- "$answer"
zpty -d z
`

/** Without what moves the cursor of a terminal. */
function plain(answer: string): string {
  return stripVTControlCharacters(answer).replace(/[\p{Cc}]/gu, (sign) =>
    sign === '\n' ? sign : '',
  )
}
