--- `:SforgImport {path}`: org files from a Design Studio project, a Jitterpak, an export of Integration Studio, what the
--- Salesforce CLI prints, or a .env file. What is read, shown and written is the server's.
local text = require('sforg.text')

local M = {}

local METHOD = 'sforg/import'

local function say(message, level)
  vim.notify('sforg: ' .. text.line(message), level or vim.log.levels.INFO, { title = 'sforg' })
end

--- A server that runs, or one that is started for the working directory: no org file need be open.
--- @param with fun(client: vim.lsp.Client)
function M.with_client(with)
  local running = vim.lsp.get_clients({ name = 'sforg' })[1]
  if running then
    return with(running)
  end
  local config = vim.lsp.config.sforg
  if not config then
    return say('lsp/sforg.lua is not on the runtime path.', vim.log.levels.ERROR)
  end
  local started = vim.lsp.start(
    vim.tbl_extend('force', config, {
      name = 'sforg',
      root_dir = vim.fn.getcwd(),
      on_init = function(client)
        vim.schedule(function()
          with(client)
        end)
      end,
    }),
    { attach = false, silent = true }
  )
  if not started then
    say('the server cannot be started. Run :checkhealth sforg to see why.', vim.log.levels.ERROR)
  end
end

--- @param client vim.lsp.Client
--- @param params table
--- @param done fun(result: table)
local function request(client, params, done)
  client:request(METHOD, params, function(err, result)
    if err then
      return say(err.message, vim.log.levels.ERROR)
    end
    done(result)
  end)
end

--- All of them, or one: `vim.ui.select()` knows no list with ticks.
--- @param preview table
--- @param done fun(files: string[])
local function choose_orgs(preview, done)
  local all = vim.tbl_map(function(org)
    return org.file
  end, preview.orgs)
  local choices = { { label = #all == 1 and 'This org' or ('All %d orgs'):format(#all), files = all } }
  if #all > 1 then
    for _, org in ipairs(preview.orgs) do
      choices[#choices + 1] = { label = ('Only %s  %s'):format(org.label, org.detail), files = { org.file } }
    end
  else
    choices[1].label = ('%s  %s'):format(preview.orgs[1].label, preview.orgs[1].detail)
  end
  vim.ui.select(choices, {
    prompt = text.line(preview.message) .. ' Which ones?',
    format_item = function(choice)
      return text.line(choice.label, 120)
    end,
  }, function(choice)
    if choice then
      done(choice.files)
    end
  end)
end

--- @param preview table
--- @param done fun(place: string)
local function choose_place(preview, done)
  if preview.secrets == 0 then
    return done('none')
  end
  local what = preview.secrets == 1 and 'the secret' or ('the %d secrets'):format(preview.secrets)
  vim.ui.select({
    { id = 'none', label = 'nowhere, to be set later' },
    { id = 'keyring', label = 'to the keyring' },
    { id = 'env', label = 'to ' .. preview.envFile },
  }, {
    prompt = ('Where does %s of the source go?'):format(what),
    format_item = function(place)
      return text.line(place.label, 120)
    end,
  }, function(place)
    if place then
      done(place.id)
    end
  end)
end

--- @param written table
local function tell(written)
  local message = written.message
  if type(written.leftToDoText) == 'string' then
    message = message .. '\n' .. written.leftToDoText
  end
  require('sforg.messages').show(nil, { type = vim.lsp.protocol.MessageType.Info, message = message })
  vim.cmd.checktime()
end

--- @param path string
--- @param org? string  the GUID of the one org of a Design Studio project that is meant
function M.run(path, org)
  local source = vim.fs.abspath(vim.fs.normalize(path))
  if not vim.uv.fs_stat(source) then
    return say(('no such file or folder: %s'):format(path), vim.log.levels.ERROR)
  end
  local asked = {
    source = vim.uri_from_fname(source),
    org = org,
    into = vim.uri_from_fname(vim.fs.joinpath(vim.fn.getcwd(), 'orgs')),
  }
  M.with_client(function(client)
    request(client, asked, function(preview)
      if #preview.orgs == 0 then
        return say(preview.message)
      end
      choose_orgs(preview, function(files)
        choose_place(preview, function(place)
          local write = { plan = preview.plan, files = files, secrets = place }
          request(client, vim.tbl_extend('error', asked, { write = write }), tell)
        end)
      end)
    end)
  end)
end

return M
