/* libyaml 0.2: `apt install libyaml-dev`. */
#include <yaml.h>
