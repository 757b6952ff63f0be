if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

-- Strict JSON: there is no comment to toggle or to continue on the next line.
vim.bo.comments = ''
vim.bo.commentstring = ''
vim.opt_local.formatoptions:remove('t')

-- What the server's formatter and its completion write.
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
vim.bo.tabstop = 2

vim.b.undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop< tabstop<'

-- The JSON parser is an extra that people install; where it is missing, syntax/salesforce-org.lua colours the file.
if pcall(vim.treesitter.start, 0, 'json') then
  vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | lua vim.treesitter.stop()'
end
