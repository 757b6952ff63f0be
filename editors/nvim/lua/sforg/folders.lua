--- One server for all org files. Neovim starts one for each project folder, and where a project lies inside
--- another both would report the same findings. The server takes any number of folders, so it is told of more.
local M = {}

--- Folders that a client which is still starting has to be told of, by its id.
--- @type table<integer, string[]>
local waiting = {}

--- @param client vim.lsp.Client
--- @param folder string
local function knows(client, folder)
  for _, known in ipairs(client.workspace_folders or {}) do
    if vim.fs.relpath(vim.uri_to_fname(known.uri), folder) then
      return true
    end
  end
  return false
end

--- @param client vim.lsp.Client
--- @param folder string
local function add(client, folder)
  if knows(client, folder) then
    return
  end
  local added = { uri = vim.uri_from_fname(folder), name = folder }
  client:notify('workspace/didChangeWorkspaceFolders', { event = { added = { added }, removed = {} } })
  client.workspace_folders = client.workspace_folders or {}
  table.insert(client.workspace_folders, added)
end

--- The configuration's `reuse_client`: any running server serves, once it knows the folder.
--- @param client vim.lsp.Client
--- @param config vim.lsp.ClientConfig
--- @return boolean
function M.reuse_client(client, config)
  if client.name ~= config.name or client:is_stopped() then
    return false
  end
  local folder = config.root_dir
  if type(folder) == 'string' then
    if client.initialized then
      add(client, folder)
    else
      waiting[client.id] = waiting[client.id] or {}
      table.insert(waiting[client.id], folder)
    end
  end
  return true
end

--- Tells a client that has started of the folders that came meanwhile.
--- @param client vim.lsp.Client
function M.on_attach(client)
  local folders = waiting[client.id] or {}
  waiting[client.id] = nil
  for _, folder in ipairs(folders) do
    add(client, folder)
  end
end

return M
