--- The orgs that Design Studio itself keeps: XML files, which the server reads and nothing of ours ever writes.
local M = {}

local ORGS = '/Data/SalesforceConnector/'

--- Whether a file may be one of Design Studio's that has findings; the server knows whether it is.
--- @param path string
--- @return boolean
function M.is_one(path)
  local name = vim.fs.normalize(path)
  if vim.fs.basename(name) == 'project.xml' then
    return true
  end
  local folder, file = name:match('^(.*/)([^/]+)$')
  return file ~= nil and vim.endswith(folder, ORGS) and vim.endswith(file, '.xml')
end

--- |lsp-root_dir()|: the server attaches to org files, and of XML to Design Studio's alone. The root is told by
--- `root_markers`.
--- @param bufnr integer
--- @param on_dir fun(root_dir?: string)
function M.root_dir(bufnr, on_dir)
  if vim.bo[bufnr].filetype ~= 'xml' or M.is_one(vim.api.nvim_buf_get_name(bufnr)) then
    on_dir(nil)
  end
end

--- Runs the server's command and goes on with its answer.
--- @param command lsp.Command
--- @param ctx table
--- @param go_on fun(answer: table)
local function ask(command, ctx, go_on)
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  if not client then
    return
  end
  local params = { command = command.command, arguments = command.arguments }
  client:request('workspace/executeCommand', params, function(err, answer)
    if err then
      vim.notify('sforg: ' .. require('sforg.text').line(err.message), vim.log.levels.ERROR, { title = 'sforg' })
    elseif type(answer) == 'table' then
      go_on(answer)
    end
  end, ctx.bufnr)
end

--- The lens *Used by … operations*: the operations in the location list.
function M.show_operations(command, ctx)
  ask(command, ctx, function(answer)
    local client = vim.lsp.get_client_by_id(ctx.client_id)
    local encoding = client and client.offset_encoding or 'utf-16'
    local items = vim.lsp.util.locations_to_items(answer.locations, encoding)
    vim.fn.setloclist(0, {}, ' ', { title = command.title, items = items })
    vim.cmd.lopen()
  end)
end

--- The lens *Import into an org file*.
function M.import(command, ctx)
  ask(command, ctx, function(answer)
    local org = type(answer.org) == 'string' and answer.org or nil
    require('sforg.import').run(vim.uri_to_fname(answer.source), org)
  end)
end

return M
