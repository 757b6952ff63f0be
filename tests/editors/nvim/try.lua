-- Neovim as `cargo xtask try --editor nvim` opens it: nothing of the user's own settings, the plugin, and what Neovim offers to show.
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)))))
vim.opt.runtimepath:prepend(vim.fs.abspath(root .. '/editors/nvim'))
vim.env.PATH = vim.fs.dirname(vim.fs.abspath(vim.env.SFORG_TRY_SERVER)) .. ':' .. vim.env.PATH
vim.g.sforg_allowed_login_hosts = { vim.env.SFORG_TRY_HOST }
vim.o.completeopt = 'menuone,noinsert,popup'
vim.diagnostic.config({ virtual_text = true, severity_sort = true })
vim.lsp.enable('sforg')
vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = true })
    vim.lsp.codelens.refresh({ bufnr = event.buf })
    vim.api.nvim_create_autocmd({ 'BufEnter', 'CursorHold', 'InsertLeave', 'TextChanged' }, {
      buffer = event.buf,
      callback = function() vim.lsp.codelens.refresh({ bufnr = event.buf }) end,
    })
  end,
})
