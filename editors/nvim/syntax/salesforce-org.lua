-- Coloured as JSON; the file that is run checks and sets `b:current_syntax`.
vim.cmd.runtime('syntax/json.vim')
