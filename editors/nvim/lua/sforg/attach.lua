--- What happens once the server has attached to a buffer: what the user's settings switch on.
local settings = require('sforg.settings')

local M = {}

--- Neovim 0.12 and later keep code lenses fresh themselves; 0.11 has to be told when.
--- @param bufnr integer
local function enable_code_lens(bufnr)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = bufnr })
    return
  end
  local function refresh()
    vim.lsp.codelens.refresh({ bufnr = bufnr })
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'TextChanged', 'InsertLeave' }, {
    group = vim.api.nvim_create_augroup('sforg.code_lens.' .. bufnr, { clear = true }),
    buffer = bufnr,
    desc = 'Refresh the code lenses of a Salesforce org file',
    callback = refresh,
  })
  refresh()
end

--- @param client vim.lsp.Client
--- @param bufnr integer
function M.on_attach(client, bufnr)
  require('sforg.folders').on_attach(client)
  if settings.completion() and client:supports_method('textDocument/completion') then
    -- Without it an item that is accepted is only its label: no snippet, no comma that was missing.
    vim.lsp.completion.enable(true, client.id, bufnr, { autotrigger = false })
  end
  if settings.code_lens() and client:supports_method('textDocument/codeLens') then
    enable_code_lens(bufnr)
  end
  if settings.inlay_hints() and client:supports_method('textDocument/inlayHint') then
    vim.lsp.inlay_hint.enable(true, { bufnr = bufnr })
  end
end

--- |lsp-handler| for `workspace/codeLens/refresh`, which Neovim 0.11 lacks: the server sends it when a lens
--- says something new although the text hasn't changed (the result of a login).
function M.on_code_lens_refresh(_, _, ctx)
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  for bufnr in pairs(client and client.attached_buffers or {}) do
    -- Refreshing also shows: leave buffers alone where nobody, neither setting nor user, asked for lenses.
    if #vim.lsp.codelens.get(bufnr) > 0 then
      vim.lsp.codelens.refresh({ bufnr = bufnr })
    end
  end
  return vim.NIL
end

return M
