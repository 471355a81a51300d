"""A whole library as files, for another instance on whatever database: `export_library`, `import_library`."""
