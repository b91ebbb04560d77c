/// The file's name without its folders.
package func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

/// The folder that a file stands in, with the slash at its end; ./ for the working folder.
package func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./" }
