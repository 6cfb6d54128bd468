/* xxHash 0.8: `apt install libxxhash-dev`. */
#include <xxhash.h>
