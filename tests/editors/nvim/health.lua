-- :checkhealth sforg with a good, a missing and a broken server: SERVER=… nvim --headless -l health.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local check, contains = t.check, t.contains

local server = assert(vim.env.SERVER, 'set SERVER to the path of the sforg program')

--- @return string report  what the person reads
local function checkhealth()
  vim.cmd('silent checkhealth sforg')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  vim.cmd('bwipeout!')
  return report
end

local function has_no_error(report, what)
  check(not report:find('ERROR', 1, true), what, report)
end

local function use(cmd)
  vim.lsp.config('sforg', { cmd = cmd })
end

--- A program that is a shell script with this body.
local function program(name, body)
  local path = t.work .. '/' .. name
  vim.fn.writefile({ '#!/bin/sh', body }, path)
  vim.uv.fs_chmod(path, 493) -- rwxr-xr-x
  return path
end

local function bad_servers()
  use({ t.work .. '/nowhere/sforg', 'lsp' })
  local report = checkhealth()
  contains(report, 'ERROR The server "' .. t.work .. '/nowhere/sforg" was not found, or it is not executable', 'missing')
  contains(report, "vim.lsp.config('sforg', { cmd = { '/path/to/sforg', 'lsp' } })", 'what to do')

  local plain = t.work .. '/plain'
  vim.fn.writefile({ 'no program' }, plain)
  use({ plain, 'lsp' })
  contains(checkhealth(), 'plain" was not found, or it is not executable', 'not executable')

  use({ program('broken', 'echo "cannot load libfoo.so" >&2; exit 127'), 'lsp' })
  contains(checkhealth(), 'broken --version ended with exit code 127: cannot load libfoo.so', 'broken')

  use({ program('crashing', 'kill -SEGV $$'), 'lsp' })
  contains(checkhealth(), 'crashing --version was ended by signal 11', 'crashing')

  use({ program('other', 'echo "other 1.2"'), 'lsp' })
  contains(checkhealth(), 'other is another program: asked for its version, it says "other 1.2"', 'another program')

  use({ program('silent', 'exit 0'), 'lsp' })
  contains(checkhealth(), 'it says ""', 'a program that says nothing')

  use({ program('hanging', 'exec sleep 600'), 'lsp' })
  contains(checkhealth(), 'hanging --version gave no answer within 5 seconds', 'a program that hangs')

  -- No interpreter of that name: the start itself fails.
  local unstartable = program('unstartable', 'exit 0')
  vim.fn.writefile({ '#!/no/such/interpreter' }, unstartable)
  use({ unstartable, 'lsp' })
  contains(checkhealth(), 'unstartable could not be started: ENOENT', 'a program that can\'t be started')
end

local function good_server()
  use({ server, 'lsp' })
  local report = checkhealth()
  has_no_error(report, 'no error with a good server')
  contains(report, 'OK Neovim 0.11.4', 'Neovim\'s version')
  contains(report, 'OK Found: ' .. vim.fn.exepath(server), 'where it is')
  check(report:match('OK It runs: sforg %d+%.%d+%.%d+'), 'its version', report)
  contains(report, "WARNING Not enabled", 'not enabled')
  contains(report, "vim.lsp.enable('sforg')", 'what to do')
  contains(report, 'OK Logins go to Salesforce only', 'no allowed hosts')

  vim.lsp.enable('sforg')
  contains(checkhealth(), 'Enabled, but not running: open a *.sforg.json file', 'enabled')

  vim.fn.mkdir(t.work .. '/project', 'p')
  vim.fn.writefile({ '{ "apiVersion": "61.0" }' }, t.work .. '/project/sforg-project.json')
  vim.cmd.edit(t.work .. '/project/sforg-project.json')
  t.wait_for('server attached', function()
    local client = vim.lsp.get_clients({ name = 'sforg', bufnr = 0 })[1]
    return client and client.initialized
  end)
  report = checkhealth()
  check(report:find('OK Running %(client %d+%) for 1 buffer%(s%)'), 'running', report)
  contains(report, 'Project folder: ' .. t.work .. '/project', 'where')
end

local function settings()
  vim.g.sforg_allowed_login_hosts = { 'http://127.0.0.1:8080', 'proxy.example.com' }
  vim.g.sforg_code_lens = true
  local report = checkhealth()
  contains(report, 'WARNING Logins may also go to: http://127.0.0.1:8080, proxy.example.com', 'allowed hosts')
  contains(report, 'Code lenses: on', 'code lenses')
  vim.g.sforg_allowed_login_hosts = 'http://127.0.0.1:8080'
  report = checkhealth()
  contains(report, 'ERROR vim.g.sforg_allowed_login_hosts must be a list of strings', 'a setting of the wrong type')
  contains(report, 'OK Logins go to Salesforce only', 'which is ignored')
end

local function function_as_command()
  use(function() end)
  contains(checkhealth(), 'started by a function of your own', 'a command that is a function')
end

t.run(function()
  t.load_plugin()
  bad_servers()
  good_server()
  settings()
  function_as_command()
end)
