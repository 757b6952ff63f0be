-- Indented as JSON; the file that is run checks and sets `b:did_indent`.
vim.cmd.runtime('indent/json.vim')
