// Whole trainings of the tutorials' shapes, as one hash a line: the same on every path of a machine
// and at any number of threads, which this program tries itself, and on every machine, which its
// callers see by comparing what it prints. Exit status 1 tells of a difference.
//
// Written over the plain kernels, panel by panel in the order of NNNetwork's Workspace and
// PanelLanes: `RecordedTrainingTests` holds these to the same hashes.
//
// usage: trainings [full | quick]
// With `full` also at the tutorials' full size; that and `quick` leave out the portable path.
#pragma STDC FP_CONTRACT OFF

#include "hashing.h"

enum { PIXELS = 784, CLASSES = 10, PANEL = 512 };

typedef struct {
  const char *name;
  int activation;
  ptrdiff_t samples, hidden;
  int epochs;
} shape;

static const shape small_shapes[] = {
  {"fashion", NN_AS_SIGMOID, 1030, 128, 2}, {"digits", NN_AS_RELU, 1500, 16, 3}};
static const shape full_shapes[] = {
  {"fashion", NN_AS_SIGMOID, 5000, 128, 3}, {"digits", NN_AS_RELU, 42000, 16, 3}};

/// A network W1 b1 W2 b2 in one row, as Workspace lays it out.
typedef struct {
  ptrdiff_t w1, b1, w2, b2, count;
} places;

static places places_of(ptrdiff_t hidden) {
  places p = {.w1 = 0, .b1 = PIXELS * hidden};
  p.w2 = p.b1 + hidden;
  p.b2 = p.w2 + hidden * CLASSES;
  p.count = p.b2 + CLASSES;
  return p;
}

/// What a worker needs for a panel.
typedef struct {
  void *x, *target, *terms, *z1, *a1, *d1, *z2, *a2, *d2;
} lane;

enum { MOST_LANES = 4 };

static lane lane_of(ptrdiff_t hidden) {
  return (lane){
    .x = room(PANEL * PIXELS), .target = room(PANEL * CLASSES), .terms = room(PANEL * CLASSES),
    .z1 = room(PANEL * hidden), .a1 = room(PANEL * hidden), .d1 = room(PANEL * hidden),
    .z2 = room(PANEL * CLASSES), .a2 = room(PANEL * CLASSES), .d2 = room(PANEL * CLASSES)};
}

static void free_lane(lane l) {
  free(l.x), free(l.target), free(l.terms);
  free(l.z1), free(l.a1), free(l.d1);
  free(l.z2), free(l.a2), free(l.d2);
}

typedef struct {
  shape s;
  int dtype;
  ptrdiff_t size; // of an element
  places p;
  const uint8_t *images;
  const ptrdiff_t *labels;
  char *parameters, *losses;
  char **shares; // the gradients of each panel
  lane lanes[MOST_LANES];
} training;

static void multiply(
  int dtype, void *out, nn_matrix a, nn_matrix b, ptrdiff_t rows, ptrdiff_t count,
  ptrdiff_t columns) {
  if (nn_matmul(dtype, out, a, b, rows, count, columns) != NN_OK) exit(2);
}

/// Forwards and backwards: one panel's losses, and its share of the gradients.
static void train_panel(const void *job, ptrdiff_t index, int worker) {
  const training *t = job;
  const lane *l = &t->lanes[worker];
  ptrdiff_t first = index * PANEL, hidden = t->s.hidden;
  ptrdiff_t rows = t->s.samples - first < PANEL ? t->s.samples - first : PANEL;
  int dtype = t->dtype;
  char *w1 = t->parameters, *b1 = w1 + t->p.b1 * t->size;
  char *w2 = w1 + t->p.w2 * t->size, *b2 = w1 + t->p.b2 * t->size;
  char *g = t->shares[index];
  ptrdiff_t strides[] = {PIXELS, 1};
  nn_elements images = {t->images + first * PIXELS, strides, NN_UINT8};
  nn_take_rows(dtype, l->x, images, NULL, rows, PIXELS, 255);
  nn_one_hot(dtype, l->target, t->labels + first, rows, CLASSES);

  multiply(dtype, l->z1, (nn_matrix){l->x, PIXELS, 1}, (nn_matrix){w1, hidden, 1},
    rows, PIXELS, hidden);
  nn_add_bias(dtype, l->z1, b1, rows, hidden);
  nn_activate(t->s.activation, dtype, l->a1, l->z1, rows, hidden);
  multiply(dtype, l->z2, (nn_matrix){l->a1, hidden, 1}, (nn_matrix){w2, CLASSES, 1},
    rows, hidden, CLASSES);
  nn_add_bias(dtype, l->z2, b2, rows, CLASSES);
  nn_activate(NN_AS_SOFTMAX, dtype, l->a2, l->z2, rows, CLASSES);

  nn_outputs outputs = {
    NN_BY_CROSS_ENTROPY, NN_AS_SOFTMAX, l->z2, l->a2, l->target, rows, CLASSES};
  nn_loss_rows(dtype, t->losses + first * t->size, l->terms, outputs);
  nn_loss_slope(dtype, l->d2, outputs, (double)t->s.samples);

  multiply(dtype, g + t->p.w2 * t->size, (nn_matrix){l->a1, 1, hidden},
    (nn_matrix){l->d2, CLASSES, 1}, hidden, rows, CLASSES);
  nn_column_sums(dtype, g + t->p.b2 * t->size, l->d2, rows, CLASSES);
  multiply(dtype, l->d1, (nn_matrix){l->d2, CLASSES, 1}, (nn_matrix){w2, 1, CLASSES},
    rows, CLASSES, hidden);
  nn_chain(t->s.activation, dtype, l->d1, l->z1, l->a1, rows, hidden);
  multiply(dtype, g, (nn_matrix){l->x, 1, PIXELS}, (nn_matrix){l->d1, hidden, 1},
    PIXELS, rows, hidden);
  nn_column_sums(dtype, g + t->p.b1 * t->size, l->d1, rows, hidden);
}

/// The epochs; gives the hash of the losses by epoch and of the weights and biases after the last.
static uint64_t train(const training *t) {
  double losses[8];
  ptrdiff_t panels = (t->s.samples + PANEL - 1) / PANEL;
  for (int epoch = 0; epoch < t->s.epochs; epoch++) {
    nn_parallel(panels, MOST_LANES, train_panel, t);
    // The plain way to what nn_fold_panels does while panels are still at work.
    for (ptrdiff_t p = 1; p < panels; p++)
      nn_binary_row(
        NN_ADD, t->dtype, t->shares[0], t->shares[0], 1, t->shares[p], 1, t->p.count);
    nn_update(
      (nn_rule){.rule = NN_SGD, .rate = 0.5}, t->dtype, t->parameters, t->shares[0], NULL, NULL,
      t->p.count);
    losses[epoch] =
      nn_sum_over(t->dtype, t->losses, t->s.samples, (double)t->s.samples);
  }
  uint64_t hash = hash_of(NN_FLOAT64, losses, t->s.epochs);
  return hash * 0x100000001b3u ^ hash_of(t->dtype, t->parameters, t->p.count);
}

/// Weights and biases between -1/16 and 1/16.
static void begin(const training *t) {
  state = 2;
  for (ptrdiff_t i = 0; i < t->p.count; i++) {
    double x = ((double)draw() * 0x1p-53 - 0.5) / 8;
    if (t->dtype == NN_FLOAT64) ((double *)t->parameters)[i] = x;
    else ((float *)t->parameters)[i] = (float)x;
  }
}

static void try_everything(training *t, const char *name, int is_quick) {
  uint64_t first = 0;
  for (int path = 0; path < NN_PATHS; path++) {
    if (!nn_path_exists(path) || (is_quick && path == NN_PORTABLE)) continue;
    nn_select_path(path);
    // The portable path is slow, and threads are the same ones on every path.
    int is_slow = path == NN_PORTABLE;
    for (int threads = is_slow ? 2 : 1; threads <= (is_slow ? 2 : 3); threads++) {
      nn_set_threads(threads);
      begin(t);
      agree(name, &first, train(t), path, threads);
    }
  }
  printf("%s %016llx\n", name, (unsigned long long)first);
}

static void run(shape s, int is_quick) {
  uint8_t *images = room(s.samples * PIXELS / 8 + 1);
  ptrdiff_t *labels = room(s.samples);
  state = 1;
  for (ptrdiff_t i = 0; i < s.samples * PIXELS; i++) images[i] = (uint8_t)(draw() >> 45);
  for (ptrdiff_t i = 0; i < s.samples; i++) labels[i] = (ptrdiff_t)(draw() % CLASSES);
  ptrdiff_t panels = (s.samples + PANEL - 1) / PANEL;
  for (int dtype = NN_FLOAT32; dtype <= NN_FLOAT64; dtype++) {
    places p = places_of(s.hidden);
    training t = {
      s, dtype, dtype == NN_FLOAT64 ? 8 : 4, p, images, labels, room(p.count), room(s.samples),
      malloc((size_t)panels * sizeof(char *)), {{0}}};
    if (!t.shares) exit(2);
    for (ptrdiff_t i = 0; i < panels; i++) t.shares[i] = room(p.count);
    for (int i = 0; i < MOST_LANES; i++) t.lanes[i] = lane_of(s.hidden);
    char name[100];
    snprintf(name, sizeof name, "training %s %td samples %s", s.name, s.samples,
      dtype_names[dtype]);
    try_everything(&t, name, is_quick);
    for (int i = 0; i < MOST_LANES; i++) free_lane(t.lanes[i]);
    for (ptrdiff_t i = 0; i < panels; i++) free(t.shares[i]);
    free(t.shares), free(t.parameters), free(t.losses);
  }
  free(images), free(labels);
}

int main(int count, char **arguments) {
  const char *mode = count > 1 ? arguments[1] : "";
  for (int i = 0; i < 2; i++) run(small_shapes[i], strcmp(mode, "quick") == 0);
  if (strcmp(mode, "full") == 0)
    for (int i = 0; i < 2; i++) run(full_shapes[i], 1);
  return differences > 0;
}
