/* jansson 2.14: `apt install libjansson-dev`. Its macros are functions here, so that Swift sees
   them. */
#include <jansson.h>

static inline json_type nn_json_type(const json_t *value) { return json_typeof(value); }
static inline void nn_json_free(json_t *value) { json_decref(value); }
