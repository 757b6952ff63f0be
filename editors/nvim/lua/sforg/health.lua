--- `:checkhealth sforg`
local M = {}

local health = vim.health
local VERSION_TIMEOUT_MS = 5000

local function check_neovim()
  health.start('sforg: Neovim')
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok(('Neovim %s'):format(vim.version()))
  else
    health.error('Neovim 0.11 or later is needed', 'Install a newer Neovim: vim.lsp.enable() came with 0.11')
  end
end

--- Runs `program --version`.
--- @param program string
--- @return string? version  the first line of its output
--- @return string? problem
local function ask_version(program)
  local ok, process = pcall(vim.system, { program, '--version' }, { text = true, timeout = VERSION_TIMEOUT_MS })
  if not ok then
    -- Less the place in Neovim's own code that Lua puts before an error.
    return nil, ('%s could not be started: %s'):format(program, (tostring(process):gsub('^.-:%d+: ', '')))
  end
  local result = process:wait()
  -- 124 is what vim.system() makes of its own timeout.
  if result.code == 124 then
    return nil, ('%s --version gave no answer within %d seconds'):format(program, VERSION_TIMEOUT_MS / 1000)
  end
  if result.code ~= 0 or result.signal ~= 0 then
    local said = require('sforg.text').line(result.stderr or '')
    local how = result.signal ~= 0 and ('was ended by signal %d'):format(result.signal)
      or ('ended with exit code %d'):format(result.code)
    return nil, ('%s --version %s%s'):format(program, how, said ~= '' and ': ' .. said or '')
  end
  return vim.split(vim.trim(result.stdout or ''), '\n')[1]
end

local INSTALL = {
  'Put the folder of the sforg program into $PATH, then restart Neovim',
  "Or name the program in your init.lua: vim.lsp.config('sforg', { cmd = { '/path/to/sforg', 'lsp' } })",
}

local function check_server()
  health.start('sforg: server')
  local config = vim.lsp.config.sforg
  if not config then
    health.error('lsp/sforg.lua was not found on the runtimepath', 'Install the plugin as :help sforg-install says')
    return
  end
  local cmd = require('sforg.start').command()
  if not cmd then
    health.info('The server is started by a function of your own, so its program is not checked')
    return
  end
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    health.error(('The server %s was not found, or it is not executable'):format(vim.inspect(cmd[1])), INSTALL)
    return
  end
  health.ok('Found: ' .. path)
  local version, problem = ask_version(path)
  if problem then
    health.error(problem, { 'Build or download the program for this machine again', INSTALL[2] })
  elseif not vim.startswith(version, 'sforg ') then
    health.error(
      ('%s is another program: asked for its version, it says %s'):format(path, vim.inspect(version)),
      INSTALL
    )
  else
    health.ok('It runs: ' .. version)
  end
  health.info('Started as: ' .. table.concat(cmd, ' '))
end

local function check_clients()
  health.start('sforg: where it runs')
  if vim.lsp.is_enabled and not vim.lsp.is_enabled('sforg') then
    health.warn('Not enabled', "Add this to your init.lua: vim.lsp.enable('sforg')")
    return
  end
  local clients = vim.lsp.get_clients({ name = 'sforg' })
  if #clients == 0 then
    health.info('Enabled, but not running: open a *.sforg.json file')
  end
  for _, client in ipairs(clients) do
    health.ok(('Running (client %d) for %d buffer(s)'):format(client.id, vim.tbl_count(client.attached_buffers)))
    for _, folder in ipairs(client.workspace_folders or {}) do
      health.info('Project folder: ' .. vim.uri_to_fname(folder.uri))
    end
  end
end

local function check_settings()
  health.start('sforg: settings')
  local settings = require('sforg.settings')
  local problems = settings.problems()
  for _, problem in ipairs(problems) do
    health.error(problem, 'See :help sforg-settings')
  end
  local hosts = settings.allowed_login_hosts()
  if #hosts == 0 then
    health.ok('Logins go to Salesforce only (no vim.g.sforg_allowed_login_hosts)')
  else
    health.warn(
      'Logins may also go to: ' .. table.concat(hosts, ', '),
      "Credentials are sent there when you test a login: take hosts you don't know out of vim.g.sforg_allowed_login_hosts"
    )
  end
  health.info('Workspace trusted: ' .. tostring(settings.workspace_trusted()))
  health.info('Code lenses: ' .. (settings.code_lens() and 'on' or 'off (vim.g.sforg_code_lens)'))
  health.info('Inlay hints: ' .. (settings.inlay_hints() and 'on' or 'off (vim.g.sforg_inlay_hints)'))
end

function M.check()
  check_neovim()
  check_server()
  check_clients()
  check_settings()
end

return M
