--- Says that the server can't start or has ended, and what to do. Neovim's own words on this stand in a log
--- file (a missing program) or lead there (one that ended).
local M = {}

local function warn(text)
  vim.notify_once('sforg: ' .. text, vim.log.levels.WARN, { title = 'sforg' })
end

--- The command that starts the server, as configured; nil when it is a function or missing.
--- @return string[]?
function M.command()
  local config = vim.lsp.config.sforg
  local cmd = config and config.cmd
  return type(cmd) == 'table' and cmd or nil
end

--- Run for each buffer with an org file; tells of each problem once.
function M.report_problems()
  -- `vim.lsp.is_enabled` came during 0.11.
  if vim.lsp.is_enabled and not vim.lsp.is_enabled('sforg') then
    return
  end
  for _, problem in ipairs(require('sforg.settings').problems()) do
    warn(problem)
  end
  local cmd = M.command()
  if cmd and vim.fn.executable(cmd[1]) == 0 then
    warn(('the server %s was not found. Run :checkhealth sforg.'):format(vim.inspect(cmd[1])))
  end
end

--- The client's `on_exit`.
--- @param code integer
--- @param signal integer
function M.report_exit(code, signal)
  -- SIGTERM is how Neovim ends a server that takes too long to leave.
  local expected = code == 0 and (signal == 0 or signal == 15)
  vim.schedule(function()
    if not expected and vim.v.exiting == vim.NIL then
      local how = signal ~= 0 and ('signal %d'):format(signal) or ('exit code %d'):format(code)
      warn(('the server ended by itself (%s). Run :checkhealth sforg to see whether it can run.'):format(how))
    end
  end)
end

return M
