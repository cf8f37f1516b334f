// The least that a command line can cost: commander with one command, and nothing of cogsync.
import { Command } from 'commander'

const program = new Command('floor').description('what it does')
program.command('plan').description('what this does').option('-c, --config <file>', 'the file')
program.parse(['--help'], { from: 'user' })
