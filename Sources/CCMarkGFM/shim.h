#ifndef CCMARKGFM_SHIM_H
#define CCMARKGFM_SHIM_H

/* libcmark-gfm 0.29.0.gfm.6 as Debian packages it: `apt install libcmark-gfm-dev
   libcmark-gfm-extensions-dev`. `cmark-gfm/parser.h` opens the parser's own struct: the state between
   two lines is what our limits read, and where an unused footnote can still be seen. */
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm/parser.h>

/* Node types of the extensions are variables that registering fills in; no installed header names
   them. Swift 6 refuses mutable C globals, so a function reads each. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;
static inline cmark_node_type nn_cmark_table(void) { return CMARK_NODE_TABLE; }
static inline cmark_node_type nn_cmark_table_row(void) { return CMARK_NODE_TABLE_ROW; }
static inline cmark_node_type nn_cmark_table_cell(void) { return CMARK_NODE_TABLE_CELL; }

/* The longest target and title of a link reference definition seen so far: every use copies it. */
static inline long nn_cmark_longest_reference(const cmark_parser *parser) {
  long longest = 0;
  for (cmark_map_entry *entry = parser->refmap->refs; entry; entry = entry->next) {
    const cmark_reference *reference = (const cmark_reference *)entry;
    long length = (long)reference->url.len + reference->title.len;
    if (length > longest) longest = length;
  }
  return longest;
}

#endif
