--- The simulator, a copy of the example project that talks to it, and the server under test.
local checks = require('checks')

local M = {}

--- @class Simulator
--- @field origin string  where it answers over http, such as http://127.0.0.1:40123
--- @field hello table    all that its first line said

--- Starts the Salesforce simulator; it ends with Neovim.
--- @return Simulator
function M.start_simulator()
  local program = assert(vim.env.SIMULATOR, 'set SIMULATOR to the path of the sforg-simulator program')
  local output = ''
  local process = vim.system({ program, '--json' }, {
    text = true,
    stdout = function(_, data)
      output = output .. (data or '')
    end,
  })
  vim.api.nvim_create_autocmd('VimLeavePre', {
    callback = function()
      process:kill('sigterm')
    end,
  })
  M.stop_simulator = function()
    process:kill('sigterm')
    process:wait()
  end
  checks.wait_for('the simulator says where it is', function()
    return output:find('\n', 1, true)
  end)
  local hello = vim.json.decode(output:match('^[^\n]*'))
  return { origin = hello.http, hello = hello }
end

--- `text` with every Salesforce address replaced by the simulator's.
--- @param text string
--- @param origin string
local function towards(text, origin)
  local host = origin:gsub('^http://', '')
  return (text:gsub('https://[%w.-]+%.salesforce%.com', origin):gsub('[%w-]+[%w.-]*%.salesforce%.com', host))
end

--- Copies tests/example-project into `dir`.
--- @param dir string
--- @param origin string  the simulator's
function M.copy_project(dir, origin)
  local source = checks.root .. '/tests/example-project'
  for name, kind in vim.fs.dir(source, { depth = 8 }) do
    if kind == 'directory' then
      vim.fn.mkdir(dir .. '/' .. name, 'p')
    else
      vim.fn.mkdir(vim.fs.dirname(dir .. '/' .. name), 'p')
      local text = table.concat(vim.fn.readfile(source .. '/' .. name, 'b'), '\n')
      vim.fn.writefile(vim.split(towards(text, origin), '\n'), dir .. '/' .. name, 'b')
    end
  end
end

--- Puts the server under test in front of $PATH as `sforg`, which is what the plugin starts.
function M.install_server()
  local server = assert(vim.env.SERVER, 'set SERVER to the path of the sforg program')
  local bin = checks.work .. '/bin'
  vim.fn.mkdir(bin, 'p')
  assert(vim.uv.fs_symlink(vim.fs.abspath(server), bin .. '/sforg'))
  vim.env.PATH = bin .. ':' .. vim.env.PATH
end

return M
