#include <stdio.h>

int main(void) {
    puts("Hello from a very small image!");
    return 0;
}
